/** The event `dialnexa-error`. */
import type { CallError } from '../../sdk/index.js';

/** Something broke, or the element is set up wrongly. */
export class DialNexaErrorEvent extends Event {
  /** The name to listen for. */
  static readonly eventName = 'dialnexa-error';
  /** Code, whose fault, whether to retry, and a remedy. */
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
