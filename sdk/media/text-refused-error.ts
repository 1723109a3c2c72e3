/** The agent refuses a text. Only the media chunk has this class: code outside it checks `name`. */
import type { TextRefusedFailure } from './media-port.js';

/** What `MediaSession.sendText` rejects with when the agent refuses the text. */
export class TextRefusedError extends Error implements TextRefusedFailure {
  override readonly name = 'TextRefusedError';
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super(`text refused: ${reason}`, { cause });
    this.reason = reason;
  }
}
