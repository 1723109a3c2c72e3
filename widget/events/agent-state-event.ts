/** The event `dialnexa-agentstate`. */
import type { CallEvents } from '../../sdk/index.js';

/** The agent began to listen, to think or to speak. */
export class DialNexaAgentStateEvent extends Event {
  /** The name to listen for. */
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
