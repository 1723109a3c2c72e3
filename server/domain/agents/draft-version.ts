/** Drafts, which callers cannot reach yet. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import type { AgentVersionRow } from '../ports/rows.js';
import type { VersionChange } from '../ports/store.js';
import { checkSettings } from './check-settings.js';

/** The row of a new draft. */
export function draftVersion(
  agentId: string,
  number: number,
  settings: VersionSettings,
  now: Date,
): AgentVersionRow {
  return {
    id: newId('av'),
    agent_id: agentId,
    version_number: number,
    version_title: null,
    is_published: false,
    published_at: null,
    published_by: null,
    created_at: now,
    updated_at: now,
    settings,
  };
}

/** The draft with some settings changed. Throws `version_immutable` or `validation_failed`. */
export function editVersion(
  version: AgentVersionRow,
  patch: Partial<VersionSettings>,
  now: Date,
): VersionChange {
  if (version.is_published) throw DomainError.versionImmutable();
  const settings = { ...version.settings, ...patch };
  checkSettings(settings);
  return { changes: { settings, updated_at: now } };
}
