/** The event `dialnexa-start`. */
import type { WebCallOptions } from '../../sdk/index.js';

/** A call is about to start. `preventDefault()` prevents it. */
export class DialNexaStartEvent extends Event {
  /** The name of the event. */
  static readonly eventName = 'dialnexa-start';
  /** The options of the call. */
  readonly detail: WebCallOptions;

  constructor(detail: WebCallOptions) {
    super(DialNexaStartEvent.eventName, { bubbles: true, composed: true, cancelable: true });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-start': DialNexaStartEvent;
  }
}
