/** A caller or an agent of one call: an unmodified @livekit/rtc-node that joins with the call's own token. */
import { Room } from '@livekit/rtc-node';
import { decodeJwt } from 'jose';
import { joinToken } from '../../conformance/support/tokens.js';

/** The room that a grant is for. */
export function roomOf(accessToken: string): string {
  return (decodeJwt(accessToken)['video'] as { room: string }).room;
}

/** Joins with the grant of `POST /v1/web-calls`. */
export async function joinAsCaller(wsUrl: string, accessToken: string): Promise<Room> {
  const room = new Room();
  await room.connect(wsUrl, accessToken, { autoSubscribe: true, dynacast: false });
  return room;
}

/** Joins as an agent that says nothing to the server. */
export async function joinAsAgent(wsUrl: string, room: string, identity: string): Promise<Room> {
  const agent = new Room();
  const token = await joinToken(room, identity, { kind: 'agent' });
  await agent.connect(wsUrl, token, { autoSubscribe: true, dynacast: false });
  return agent;
}
