/** The event `dialnexa-statechange`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The state of the call has changed. */
export class DialNexaStateChangeEvent extends CallEvent<CallEvents['stateChange']> {
  static override readonly eventName = 'dialnexa-statechange';
  /** The new state and the previous one. */
  declare readonly detail: CallEvents['stateChange'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-statechange': DialNexaStateChangeEvent;
  }
}
