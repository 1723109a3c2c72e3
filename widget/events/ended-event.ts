/** The event `dialnexa-ended`. */
import type { CallEvents } from '../../sdk/index.js';

/** The call is over; exactly once for every start, however it ended. */
export class DialNexaEndedEvent extends Event {
  /** The name of the event. */
  static readonly eventName = 'dialnexa-ended';
  /** End reason, call id, duration in ms, and the error if it failed. */
  readonly detail: CallEvents['ended'];

  constructor(detail: CallEvents['ended']) {
    super(DialNexaEndedEvent.eventName, { bubbles: true, composed: true, cancelable: false });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-ended': DialNexaEndedEvent;
  }
}
