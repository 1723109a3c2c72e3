/** LiveKit's AgentDispatchService, as far as a call needs it that no agent has come to. */
import { LivekitError } from './livekit-error.js';
import { callTwirp } from './twirp.js';
import type { LivekitConfig } from './livekit-config.js';

const FAILED: readonly unknown[] = ['JS_FAILED', 3];

/**
 * LiveKit offers a dispatch once: where no worker was registered at that moment, or the one that had it is gone, nobody comes. Asks
 * again for the agents of such a room; answers whether it did. Where one is on its way, and where the room is gone, it does not.
 */
export async function askAgentAgain(config: LivekitConfig, room: string): Promise<boolean> {
  const named = (await listDispatches(config, room)).filter(({ agent_name: name }) =>
    Boolean(name),
  );
  if (named.length === 0 || named.some(hasJob)) return false;
  for (const dispatch of named) {
    const { agent_name, metadata, attributes, deployment } = dispatch;
    // Should somebody come for it meanwhile, it must not be one of two.
    await callTwirp(config, request('DeleteDispatch', room, { dispatch_id: dispatch.id }));
    const again = { agent_name, metadata, attributes, deployment };
    await callTwirp(config, request('CreateDispatch', room, again));
  }
  return true;
}

interface Dispatch {
  id: unknown;
  agent_name: unknown;
  metadata: unknown;
  attributes: unknown;
  deployment: unknown;
  jobs: readonly unknown[];
}

async function listDispatches(config: LivekitConfig, room: string): Promise<Dispatch[]> {
  const answer = await callTwirp(config, request('ListDispatch', room)).catch((error: unknown) => {
    if (error instanceof LivekitError && error.code === 'not_found') return {};
    throw error;
  });
  const rows = listIn(answer, 'agent_dispatches', 'agentDispatches').map(objectOf);
  return rows.map((row) => ({
    id: row.id,
    agent_name: row.agent_name ?? row.agentName,
    metadata: row.metadata,
    attributes: row.attributes,
    deployment: row.deployment,
    jobs: listIn(objectOf(row.state), 'jobs', 'jobs'),
  }));
}

function hasJob({ jobs }: Dispatch): boolean {
  return jobs.some((job) => !FAILED.includes(objectOf(objectOf(job).state).status));
}

function request(method: string, room: string, body: Record<string, unknown> = {}) {
  return {
    service: 'AgentDispatchService' as const,
    method,
    body: { room, ...body },
    grant: { roomAdmin: true, room },
  };
}

function listIn(
  body: Record<string, unknown>,
  ...[snake, camel]: [string, string]
): readonly unknown[] {
  const list = body[snake] ?? body[camel] ?? [];
  if (!Array.isArray(list)) throw LivekitError.badAnswer('ListDispatch');
  return list;
}

function objectOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}
