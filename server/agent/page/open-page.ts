/** What the agent tells the caller's page of itself, and takes from it beside words. */
import type { Room } from '@livekit/rtc-node';
import type { AgentChangeMessage, FunctionCallMessage } from '../../../sdk/wire/client-tool.js';
import { tellCaller } from '../caller/tell-caller.js';
import { hearOffers } from './page-tools.js';
import type { PageTools } from './page-tools.js';

const FUNCTION_TOPIC = 'dialnexa.function';
const AGENT_TOPIC = 'dialnexa.agent';

/** The page of one call. What it is told may be lost. */
export interface CallerPage {
  tools: PageTools;
  tellFunction(message: FunctionCallMessage): void;
  tellAgent(message: AgentChangeMessage): void;
}

/** `room` need not be joined yet. */
export function openPage(room: Room, callerIdentity: string): CallerPage {
  const tell = (topic: string, message: object): void => {
    const bytes = new TextEncoder().encode(JSON.stringify(message));
    tellCaller(room, callerIdentity, topic, bytes);
  };
  return {
    tools: hearOffers(room, callerIdentity),
    tellFunction: (message) => tell(FUNCTION_TOPIC, message),
    tellAgent: (message) => tell(AGENT_TOPIC, message),
  };
}
