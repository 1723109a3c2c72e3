/** The event `dialnexa-statechange`. */
import type { CallEvents } from '../../sdk/index.js';

/** The state of the call has changed. */
export class DialNexaStateChangeEvent extends Event {
  /** The name of the event. */
  static readonly eventName = 'dialnexa-statechange';
  /** The new state and the previous one. */
  readonly detail: CallEvents['stateChange'];

  constructor(detail: CallEvents['stateChange']) {
    super(DialNexaStateChangeEvent.eventName, { bubbles: true, composed: true, cancelable: false });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-statechange': DialNexaStateChangeEvent;
  }
}
