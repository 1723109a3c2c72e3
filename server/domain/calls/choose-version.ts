/** Which published version a request means, and which of its fields said so. */
import type { CallRoute } from '../../../sdk/wire/call.js';
import type { CreateWebCallRequest } from '../../../sdk/wire/web-call.js';
import { DomainError } from '../errors/domain-error.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { AgentRow, CallableVersionRow } from '../ports/rows.js';
import type { CallBasis, CallHolder, WantedVersion } from '../ports/store.js';

/** The choice, and whose limits hold for a call of it. */
export interface ChosenVersion extends CallHolder {
  agent: Pick<AgentRow, 'id' | 'title'>;
  version: CallableVersionRow;
  chosenBy: CallRoute['chosen_by'];
}

/** For a call of the key, where there is one. Throws `validation_failed`, `not_found` or `version_not_published`. */
export async function chooseVersion(
  ports: DomainPorts,
  workspaceId: string,
  keyId: string | null,
  request: CreateWebCallRequest,
): Promise<ChosenVersion> {
  const { agent_version_id: versionId, agent_id: agentId, agent_version_number: number } = request;
  const find = (wanted: WantedVersion): Promise<CallBasis> =>
    ports.store.findCallBasis(workspaceId, keyId, wanted);
  if (versionId !== undefined) {
    return published(named(await find({ versionId }), request), 'agent_version_id');
  }
  if (agentId === undefined) {
    throw DomainError.validationFailed([
      'Name the agent: send agent_version_id, or agent_id with an optional agent_version_number.',
    ]);
  }
  const basis = await find({ agentId, ...(number === undefined ? {} : { number }) });
  if (!basis.agent) throw DomainError.notFound('agent');
  if (number === undefined) return published(basis, 'agent_id');
  if (!basis.version) throw DomainError.notFound('agent version');
  return published(basis, 'agent_version_number');
}

/** What is named beside the version must be its own. */
function named(basis: CallBasis, request: CreateWebCallRequest): CallBasis {
  const { agent, version } = basis;
  if (!version || !agent) throw DomainError.notFound('agent version');
  if (request.agent_id !== undefined && request.agent_id !== agent.id) {
    throw DomainError.validationFailed(['agent_id: is not the agent of agent_version_id.']);
  }
  const number = request.agent_version_number;
  if (number !== undefined && number !== version.version_number) {
    throw DomainError.validationFailed([
      'agent_version_number: is not the number of agent_version_id.',
    ]);
  }
  return basis;
}

function published(
  { agent, version, ...holder }: CallBasis,
  chosenBy: ChosenVersion['chosenBy'],
): ChosenVersion {
  if (!agent || !version?.is_published) throw DomainError.versionNotPublished();
  return { ...holder, agent, version, chosenBy };
}
