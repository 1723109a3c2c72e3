/** The event `dialnexa-start`. */
import type { WebCallOptions } from '../../sdk/index.js';

/** A call is about to start. `preventDefault()` keeps it from starting. */
export class DialNexaStartEvent extends Event {
  /** The name to listen for. */
  static readonly eventName = 'dialnexa-start';
  /** The options that the call will have. */
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
