/** The event `dialnexa-transcript`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** A segment of the transcript is new or has changed. */
export class DialNexaTranscriptEvent extends CallEvent<CallEvents['transcript']> {
  static override readonly eventName = 'dialnexa-transcript';
  /** The segment; it replaces an earlier one of the same `id`. */
  declare readonly detail: CallEvents['transcript'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-transcript': DialNexaTranscriptEvent;
  }
}
