/** What a page may read of the version that a call from it would run. */
import type { CreateWebCallRequest } from '../../../sdk/wire/web-call.js';
import type { PublishedWidget } from '../../../sdk/wire/widget.js';
import { chooseVersion } from '../calls/choose-version.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';

/** Throws what creating the call would: `validation_failed`, `not_found` or `version_not_published`. */
export async function readWidget(
  ports: DomainPorts,
  principal: Principal,
  request: CreateWebCallRequest,
): Promise<PublishedWidget> {
  const { agent, version } = await chooseVersion(ports, principal.workspaceId, null, request);
  return {
    agent_id: agent.id,
    agent_version_id: version.id,
    agent_version_number: version.version_number,
    widget: (await ports.store.findWidget(version.settings_hash)) ?? {},
  };
}
