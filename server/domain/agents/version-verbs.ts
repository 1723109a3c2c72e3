/** Versions of an agent: drafts that change, snapshots that never do. */
import type { AgentVersion, SettingChange, VersionSettings } from '../../../sdk/wire/agent.js';
import type { Page } from '../../../sdk/wire/call.js';
import { DomainError } from '../errors/domain-error.js';
import { isoOrNull } from '../iso.js';
import { pageLimit } from '../page-limit.js';
import type { PageRequest } from '../page-limit.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { AgentVersionRow } from '../ports/rows.js';
import type { VersionChange } from '../ports/store.js';
import { findAgent } from './agent-verbs.js';
import { publishedAgents } from './published-agents.js';
import { checkPublishable } from './check-settings.js';
import { diffSettings } from './diff-settings.js';
import { draftVersion, editVersion } from './draft-version.js';

/** All versions, newest first. Throws `not_found`. */
export async function listVersions(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  page: PageRequest,
): Promise<Page<AgentVersion>> {
  await findAgent(ports, principal, agentId);
  const { rows, cursor } = await ports.store.listVersions(agentId, pageLimit(page));
  return { data: rows.map(showVersion), next_cursor: cursor };
}

/** One version. Throws `not_found`. */
export async function getVersion(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  number: number,
): Promise<AgentVersion> {
  return showVersion(await findVersion(ports, principal, agentId, number));
}

/** Changes a draft. Throws `version_immutable` for a published one. */
export async function updateVersion(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  number: number,
  patch: Partial<VersionSettings>,
): Promise<AgentVersion> {
  const now = ports.clock.now();
  return changeVersion(ports, principal, agentId, number, (version) =>
    editVersion(version, patch, now),
  );
}

/** Freezes the draft and opens the next. Throws `version_immutable`, `provider_not_configured`. */
export async function publishVersion(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  number: number,
  versionTitle: string | undefined,
): Promise<AgentVersion> {
  const now = ports.clock.now();
  const draft = await findVersion(ports, principal, agentId, number);
  const reachable = await publishedAgents(ports, principal, draft.settings);
  return changeVersion(ports, principal, agentId, number, (version) => {
    if (version.is_published) throw DomainError.versionImmutable();
    checkPublishable(ports, version.settings, reachable);
    return {
      changes: {
        is_published: true,
        version_title: versionTitle ?? null,
        published_at: now,
        published_by: principal.keyId,
        updated_at: now,
      },
      nextDraft: draftVersion(agentId, number + 1, version.settings, now),
    };
  });
}

/** What changed from one version to another. Throws `not_found`. */
export async function diffVersions(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  from: number,
  to: number,
): Promise<SettingChange[]> {
  const before = await findVersion(ports, principal, agentId, from);
  const after = await findVersion(ports, principal, agentId, to);
  return diffSettings(before.settings, after.settings);
}

async function findVersion(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  number: number,
): Promise<AgentVersionRow> {
  await findAgent(ports, principal, agentId);
  const version = await ports.store.findVersion(agentId, number);
  if (!version) throw DomainError.notFound('agent version');
  return version;
}

/** What is checked is what is written, whoever else edits at the same moment. */
async function changeVersion(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  number: number,
  change: (version: AgentVersionRow) => VersionChange,
): Promise<AgentVersion> {
  await findAgent(ports, principal, agentId);
  const version = await ports.store.changeVersion(agentId, number, change);
  if (!version) throw DomainError.notFound('agent version');
  return showVersion(version);
}

function showVersion(row: AgentVersionRow): AgentVersion {
  return {
    ...row,
    published_at: isoOrNull(row.published_at),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
