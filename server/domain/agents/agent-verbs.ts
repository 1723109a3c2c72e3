/** Making, reading and changing agents. */
import type { Agent, VersionSettings } from '../../../sdk/wire/agent.js';
import type { Page } from '../../../sdk/wire/call.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import { pageLimit } from '../page-limit.js';
import type { PageRequest } from '../page-limit.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { AgentRow, VersionHeadRow } from '../ports/rows.js';
import { checkSettings } from './check-settings.js';
import { DEFAULT_SETTINGS } from './default-settings.js';
import { draftVersion, editVersion } from './draft-version.js';

/** Makes an agent and its first draft. Throws `validation_failed`. */
export async function createAgent(
  ports: DomainPorts,
  principal: Principal,
  request: { title: string; settings?: Partial<VersionSettings> | undefined },
): Promise<Agent> {
  const now = ports.clock.now();
  const settings = { ...DEFAULT_SETTINGS, ...request.settings };
  checkSettings(settings);
  const agent: AgentRow = {
    id: newId('agent'),
    workspace_id: principal.workspaceId,
    title: request.title,
    created_at: now,
    updated_at: now,
  };
  const draft = draftVersion(agent.id, 1, settings, now);
  await ports.store.insertAgent(agent, draft);
  return showAgent(agent, [draft]);
}

/** The workspace's agents, newest first. */
export async function listAgents(
  ports: DomainPorts,
  principal: Principal,
  page: PageRequest,
): Promise<Page<Agent>> {
  const { rows, cursor } = await ports.store.listAgents(principal.workspaceId, pageLimit(page));
  const heads = await ports.store.headVersions(rows.map((row) => row.id));
  return { data: rows.map((row) => showAgent(row, heads)), next_cursor: cursor };
}

/** Throws `not_found`. */
export async function getAgent(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
): Promise<Agent> {
  const agent = await findAgent(ports, principal, agentId);
  return showAgent(agent, await ports.store.headVersions([agentId]));
}

/** Changes the title, and the draft's settings. Throws `not_found` or `validation_failed`. */
export async function updateAgent(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  request: { title?: string | undefined; settings?: Partial<VersionSettings> | undefined },
): Promise<Agent> {
  await findAgent(ports, principal, agentId);
  const { title, settings } = request;
  const updated_at = ports.clock.now();
  if (settings) {
    const draft = await ports.store.changeVersion(agentId, 'draft', (version) =>
      editVersion(version, settings, updated_at),
    );
    if (!draft) throw DomainError.conflict('This agent has no draft.');
  }
  await ports.store.updateAgent(agentId, {
    ...(title === undefined ? {} : { title }),
    updated_at,
  });
  return getAgent(ports, principal, agentId);
}

/** The agent's row, if it belongs to whoever asks. Throws `not_found`. */
export async function findAgent(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
): Promise<AgentRow> {
  const agent = await ports.store.findAgent(principal.workspaceId, agentId);
  if (!agent) throw DomainError.notFound('agent');
  return agent;
}

function showAgent(agent: AgentRow, heads: readonly VersionHeadRow[]): Agent {
  const own = heads.filter((head) => head.agent_id === agent.id);
  const current = own
    .filter((head) => head.is_published)
    .reduce<VersionHeadRow | null>(
      (best, head) => (best && best.version_number > head.version_number ? best : head),
      null,
    );
  const draft = own.find((head) => !head.is_published);
  return {
    id: agent.id,
    title: agent.title,
    created_at: agent.created_at.toISOString(),
    updated_at: agent.updated_at.toISOString(),
    current_version_number: current?.version_number ?? null,
    current_version_id: current?.id ?? null,
    draft_version_number: draft?.version_number ?? (current?.version_number ?? 0) + 1,
  };
}
