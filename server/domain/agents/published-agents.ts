/** To which agents a version may hand its callers. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';

/** Those that its functions name, that are of this workspace, and that have a published version. */
export async function publishedAgents(
  { store }: Pick<DomainPorts, 'store'>,
  principal: Principal,
  settings: VersionSettings,
): Promise<ReadonlySet<string>> {
  const named = settings.functions.flatMap((one) =>
    one.type === 'call_transfer' ? (one.config.agents ?? []).map(({ agent_id }) => agent_id) : [],
  );
  if (named.length === 0) return new Set();
  const found = await Promise.all(
    [...new Set(named)].map((id) => store.findAgent(principal.workspaceId, id)),
  );
  const heads = await store.headVersions(found.flatMap((agent) => agent?.id ?? []));
  return new Set(heads.filter((head) => head.is_published).map((head) => head.agent_id));
}
