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
import { findAgent } from './agent-verbs.js';
import { checkPublishable, checkSettings } from './check-settings.js';
import { diffSettings } from './diff-settings.js';
import { draftVersion } from './draft-version.js';

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
  const version = await findVersion(ports, principal, agentId, number);
  const settings = { ...version.settings, ...patch };
  checkSettings(settings);
  const updated_at = ports.clock.now();
  if (!(await ports.store.updateDraft(version.id, { settings, updated_at }))) {
    throw DomainError.versionImmutable();
  }
  return showVersion({ ...version, settings, updated_at });
}

/** Freezes the draft and opens the next. Throws `version_immutable`, `provider_not_configured`. */
export async function publishVersion(
  ports: DomainPorts,
  principal: Principal,
  agentId: string,
  number: number,
  versionTitle: string | undefined,
): Promise<AgentVersion> {
  const version = await findVersion(ports, principal, agentId, number);
  if (version.is_published) throw DomainError.versionImmutable();
  checkPublishable(ports, version.settings);
  const now = ports.clock.now();
  const published = {
    version_title: versionTitle ?? null,
    published_at: now,
    published_by: principal.keyId,
    updated_at: now,
  };
  const next = draftVersion(agentId, number + 1, version.settings, now);
  if (!(await ports.store.publishDraft(version.id, published, next))) {
    throw DomainError.versionImmutable();
  }
  return showVersion({ ...version, ...published, is_published: true });
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

function showVersion(row: AgentVersionRow): AgentVersion {
  return {
    ...row,
    published_at: isoOrNull(row.published_at),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
