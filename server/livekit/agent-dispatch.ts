/** LiveKit's AgentDispatchService, as far as a call needs it that no agent has come to. */
import { asObject } from './as-object.js';
import { isNotFound } from './livekit-error.js';
import { rowsIn } from './rows-in.js';
import { callDatedTwirp, callTwirp } from './twirp.js';
import type { AgentAsked } from '../domain/ports/media.js';
import type { LivekitConfig } from './livekit-config.js';

/** Of a job from which no agent comes any more. */
const ENDED: readonly unknown[] = ['JS_SUCCESS', 2, 'JS_FAILED', 3];
/**
 * So old is a dispatch whose job would be listed if a worker had it: LiveKit lists it only when it has asked all its nodes for
 * workers, for five seconds.
 */
const SETTLED_MS = 6_000;

/**
 * LiveKit offers a dispatch once: where no worker was registered at that moment, or the one that had it gave it up, nobody comes.
 * Asks again for the agents of such a room. Where one is or may be on its way, and where the room is gone, it does not.
 */
export async function askAgentAgain(config: LivekitConfig, room: string): Promise<AgentAsked> {
  const listed = await listDispatches(config, room).catch((error: unknown) => {
    if (isNotFound(error)) return [];
    throw error;
  });
  const all = listed.filter(({ request }) => request.agent_name);
  if (all.some(({ isTaken }) => isTaken)) return 'coming';
  if (all.length === 0 || !all.every(({ isSettled }) => isSettled)) return 'unknown';
  for (const { id, request: again } of all) {
    // Should the second request fail, nobody is offered the first dispatch any more; the other way round there would be none.
    await callTwirp(config, requestOf('CreateDispatch', room, again));
    await callTwirp(config, requestOf('DeleteDispatch', room, { dispatch_id: id }));
  }
  return 'asked';
}

interface Dispatch {
  id: unknown;
  request: Record<'agent_name' | 'metadata' | 'attributes' | 'deployment', unknown>;
  /** Somebody has its job, or had it: LiveKit's own server does not tell whose worker has died since. */
  isTaken: boolean;
  /** Nobody may have it who is not listed yet. */
  isSettled: boolean;
}

async function listDispatches(config: LivekitConfig, room: string): Promise<Dispatch[]> {
  const method = 'ListDispatch';
  const { date, body } = await callDatedTwirp(config, requestOf(method, room));
  return rowsIn(body.agent_dispatches ?? body.agentDispatches, method).map((row) => {
    const { id, metadata, attributes, deployment } = row;
    const agent_name = row.agent_name ?? row.agentName;
    const state = asObject(row.state) ?? {};
    const request = { agent_name, metadata, attributes, deployment };
    const isTaken = rowsIn(state.jobs, method).some(isAlive);
    return { id, request, isTaken, isSettled: isSettled(state, date) };
  });
}

/** By the clock that has dated it, in nanoseconds. */
function isSettled(state: Record<string, unknown>, now: Date | null): boolean {
  const createdMs = Number(state.created_at ?? state.createdAt) / 1e6;
  return now !== null && now.getTime() - createdMs >= SETTLED_MS;
}

function isAlive(job: Record<string, unknown>): boolean {
  return !ENDED.includes(asObject(job.state)?.status);
}

function requestOf(method: string, room: string, body: Record<string, unknown> = {}) {
  return {
    service: 'AgentDispatchService' as const,
    method,
    body: { room, ...body },
    grant: { roomAdmin: true, room },
  };
}
