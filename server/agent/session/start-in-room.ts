/** Starts a session in a room whose caller is a stranger: it gets what it hears and reads, and nothing to ask or steer by. */
import { voice } from '@livekit/agents';
import type { JobContext } from '@livekit/agents';
import { endQuietly } from './quiet-end.js';

/** The most that one text or file from the room may hold once it is unpacked. */
const MOST_BYTES = 262_144;

type RoomIoOptions = ConstructorParameters<typeof voice.RoomIO>[0];

/** What a session is started with. */
export type SessionStart = Pick<RoomIoOptions, 'room' | 'inputOptions' | 'outputOptions'> & {
  agent: voice.Agent;
};

/**
 * Joins the job's room. What a caller sends is unpacked up to 256 KiB; reading more fails. `muted` is told when the agent cannot be
 * heard.
 */
export async function connectBounded(
  ctx: JobContext,
  muted: (error: unknown) => void,
): Promise<void> {
  const { room } = ctx;
  const join = room.connect.bind(room);
  // The framework's own `connect` knows no option for it.
  room.connect = (url, token, options) =>
    join(url, token, {
      ...(options ?? { autoSubscribe: true, dynacast: false }),
      dataStream: { maxPayloadByteLength: MOST_BYTES },
    });
  await ctx.connect();
  endQuietly(room, muted);
}

/**
 * Starts it with a room that it did not open itself: one that it opens also gets a host for remote sessions, which
 * tells the caller the prompt, the functions' arguments and answers, and takes orders (topic `lk.agent.session`).
 */
export async function startInRoom(
  session: voice.AgentSession,
  { agent, ...options }: SessionStart,
): Promise<void> {
  session.updateAgent(agent);
  const io = new voice.RoomIO({ agentSession: session, ...options });
  session._roomIO = io;
  io.start();
  await session.start({ agent, record: false });
}
