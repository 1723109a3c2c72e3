/** The event `dialnexa-agentstate`. */
import type { CallEvents } from '../../sdk/index.js';

/** The agent began to listen, think or speak, or left. */
export class DialNexaAgentStateEvent extends Event {
  /** The name of the event. */
  static readonly eventName = 'dialnexa-agentstate';
  /** What the agent is doing. */
  readonly detail: CallEvents['agentState'];

  constructor(detail: CallEvents['agentState']) {
    super(DialNexaAgentStateEvent.eventName, { bubbles: true, composed: true, cancelable: false });
    this.detail = detail;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'dialnexa-agentstate': DialNexaAgentStateEvent;
  }
}
