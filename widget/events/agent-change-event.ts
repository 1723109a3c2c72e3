/** The event `dialnexa-agentchange`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** Another agent goes on with the call. */
export class DialNexaAgentChangeEvent extends CallEvent<CallEvents['agentChange']> {
  static override readonly eventName = 'dialnexa-agentchange';
  /** Its id and name. */
  declare readonly detail: CallEvents['agentChange'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-agentchange': DialNexaAgentChangeEvent;
  }
}
