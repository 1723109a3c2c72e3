/** The event `dialnexa-ended`. */
import type { CallEvents } from '../../sdk/index.js';

/** The call is over: once for every start, whichever way it ended. */
export class DialNexaEndedEvent extends Event {
  /** The name to listen for. */
  static readonly eventName = 'dialnexa-ended';
  /** Why it ended and how long it lasted. */
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
