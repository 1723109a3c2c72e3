/** The event `dialnexa-ended`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The call is over; exactly once for every start, however it ended. */
export class DialNexaEndedEvent extends CallEvent<CallEvents['ended']> {
  static override readonly eventName = 'dialnexa-ended';
  /** End reason, call id, duration in ms, and the error if it failed. */
  declare readonly detail: CallEvents['ended'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-ended': DialNexaEndedEvent;
  }
}
