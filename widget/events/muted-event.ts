/** The event `dialnexa-muted`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The microphone was muted or unmuted. */
export class DialNexaMutedEvent extends CallEvent<CallEvents['muted']> {
  static override readonly eventName = 'dialnexa-muted';
  /** Which of both. */
  declare readonly detail: CallEvents['muted'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-muted': DialNexaMutedEvent;
  }
}
