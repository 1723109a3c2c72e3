/** The event `dialnexa-functioncall`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The agent calls a function of its version or of the page, and has called it. */
export class DialNexaFunctionCallEvent extends CallEvent<CallEvents['functionCall']> {
  static override readonly eventName = 'dialnexa-functioncall';
  /** The name of the function, and `started`, `succeeded` or `failed`. */
  declare readonly detail: CallEvents['functionCall'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-functioncall': DialNexaFunctionCallEvent;
  }
}
