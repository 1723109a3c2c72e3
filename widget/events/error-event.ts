/** The event `dialnexa-error`. */
import type { CallError } from '../../sdk/index.js';

/** Something failed, or the element is set up wrongly. */
export class DialNexaErrorEvent extends Event {
  /** The name of the event. */
  static readonly eventName = 'dialnexa-error';
  /** The error: `code`, `fault`, `retryable`, `message` and `remedy`. */
  readonly detail: CallError;

  constructor(detail: CallError) {
    super(DialNexaErrorEvent.eventName, { bubbles: true, composed: true, cancelable: false });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-error': DialNexaErrorEvent;
  }
}
