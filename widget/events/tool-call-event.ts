/** The event `dialnexa-toolcall`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** A function of the page has run. */
export class DialNexaToolCallEvent extends CallEvent<CallEvents['toolCall']> {
  static override readonly eventName = 'dialnexa-toolcall';
  /** Its name, how many ms it took, and why it has not answered; `code` is `null` where it has. */
  declare readonly detail: CallEvents['toolCall'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-toolcall': DialNexaToolCallEvent;
  }
}
