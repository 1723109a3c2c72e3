/** The event `dialnexa-transcript`. */
import type { TranscriptSegment } from '../../sdk/index.js';

/** A segment of the transcript is new or has changed. */
export class DialNexaTranscriptEvent extends Event {
  /** The name of the event. */
  static readonly eventName = 'dialnexa-transcript';
  /** The segment; it replaces an earlier one of the same `id`. */
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
