/** A draft that callers cannot reach yet. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { newId } from '../ids.js';
import type { AgentVersionRow } from '../ports/rows.js';

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
