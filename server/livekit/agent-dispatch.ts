/** Asks LiveKit to send an agent into a room that already exists. */
import { callTwirp } from './twirp.js';
import type { LivekitConfig } from './livekit-config.js';

/** Dispatches the named agent once; LiveKit does not try again by itself. */
export async function createDispatch(
  config: LivekitConfig,
  room: string,
  agentName: string,
  metadata: string,
): Promise<void> {
  await callTwirp(config, {
    service: 'AgentDispatchService',
    method: 'CreateDispatch',
    body: { room, agent_name: agentName, metadata },
    grant: { roomAdmin: true, room },
  });
}
