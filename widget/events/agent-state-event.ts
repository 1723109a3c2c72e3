/** The event `dialnexa-agentstate`. */
import type { CallEvents } from '../../sdk/index.js';
import { CallEvent } from './call-event.js';

/** The agent began to listen, think or speak, or left. */
export class DialNexaAgentStateEvent extends CallEvent<CallEvents['agentState']> {
  static override readonly eventName = 'dialnexa-agentstate';
  /** What the agent is doing. */
  declare readonly detail: CallEvents['agentState'];
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-agentstate': DialNexaAgentStateEvent;
  }
}
