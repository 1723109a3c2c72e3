/** What the agent tells the caller's page of itself, and takes from it beside words. */
import type { Room } from '@livekit/rtc-node';
import type { AgentChangeMessage, FunctionCallMessage } from '../../../sdk/wire/client-tool.js';
import { hearOffers } from './page-tools.js';
import type { PageTools } from './page-tools.js';

const FUNCTION_TOPIC = 'dialnexa.function';
const AGENT_TOPIC = 'dialnexa.agent';

/** The page of one call. What it is told may be lost, and no call fails for it. */
export interface CallerPage {
  tools: PageTools;
  tellFunction(message: FunctionCallMessage): void;
  tellAgent(message: AgentChangeMessage): void;
}

/** Nothing goes to anybody but the caller. */
export function openPage(room: Room, callerIdentity: string): CallerPage {
  const tell = (topic: string, message: object): void => {
    const bytes = new TextEncoder().encode(JSON.stringify(message));
    const options = { topic, reliable: true, destination_identities: [callerIdentity] };
    void room.localParticipant?.publishData(bytes, options).catch(() => undefined);
  };
  return {
    tools: hearOffers(room, callerIdentity),
    tellFunction: (message) => tell(FUNCTION_TOPIC, message),
    tellAgent: (message) => tell(AGENT_TOPIC, message),
  };
}
