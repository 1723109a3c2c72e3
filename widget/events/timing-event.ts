/** The event `dialnexa-timing`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** A milestone of joining was reached. */
export class DialNexaTimingEvent extends CallEvent<CallEvents['timing']> {
  static override readonly eventName = 'dialnexa-timing';
  /** Which one, and how many ms after the start. */
  declare readonly detail: CallEvents['timing'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-timing': DialNexaTimingEvent;
  }
}
