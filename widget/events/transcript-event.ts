/** The event `dialnexa-transcript`. */
import type { TranscriptSegment } from '../../sdk/index.js';

/** A piece of the conversation is new or has changed. */
export class DialNexaTranscriptEvent extends Event {
  /** The name to listen for. */
  static readonly eventName = 'dialnexa-transcript';
  /** The piece; the same `id` replaces an earlier one. */
  readonly detail: TranscriptSegment;

  constructor(detail: TranscriptSegment) {
    super(DialNexaTranscriptEvent.eventName, { bubbles: true, composed: true, cancelable: false });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-transcript': DialNexaTranscriptEvent;
  }
}
