/** The event `dialnexa-toolsoffered`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The agent was told of the functions of the page. */
export class DialNexaToolsOfferedEvent extends CallEvent<CallEvents['toolsOffered']> {
  static override readonly eventName = 'dialnexa-toolsoffered';
  /** Those that it takes, and those that it refuses, with the reason. */
  declare readonly detail: CallEvents['toolsOffered'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-toolsoffered': DialNexaToolsOfferedEvent;
  }
}
