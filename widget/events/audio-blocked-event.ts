/** The event `dialnexa-audioblocked`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The browser refuses to play the agent until the visitor clicks, or no longer does. */
export class DialNexaAudioBlockedEvent extends CallEvent<CallEvents['audioBlocked']> {
  static override readonly eventName = 'dialnexa-audioblocked';
  /** Which of both. */
  declare readonly detail: CallEvents['audioBlocked'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-audioblocked': DialNexaAudioBlockedEvent;
  }
}
