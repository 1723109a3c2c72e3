/** Why joining failed. Only the media chunk has this class: code outside it checks `name`. */
import type { MediaConnectFailure } from './media-port.js';

/** What `MediaSession.connect` rejects with. */
export class MediaConnectError extends Error implements MediaConnectFailure {
  override readonly name = 'MediaConnectError';
  readonly kind: MediaConnectFailure['kind'];

  constructor(kind: MediaConnectFailure['kind'], cause: unknown) {
    super(`media connection ${kind}`, { cause });
    this.kind = kind;
  }
}
