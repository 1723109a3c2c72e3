/** The agent did not take a text. Lives in the media chunk alone: others tell it by its name, never by its class. */
import type { TextRefusedFailure } from './media-port.js';

/** What `MediaSession.sendText` rejects with when the agent has said no. */
export class TextRefusedError extends Error implements TextRefusedFailure {
  override readonly name = 'TextRefusedError';
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super(`text refused: ${reason}`, { cause });
    this.reason = reason;
  }
}
