/** Which published version a request means, and which of its fields said so. */
import type { CallRoute } from '../../../sdk/wire/call.js';
import type { CreateWebCallRequest } from '../../../sdk/wire/web-call.js';
import { DomainError } from '../errors/domain-error.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { AgentRow, CallableVersionRow } from '../ports/rows.js';

/** The choice. */
export interface ChosenVersion {
  agent: AgentRow;
  version: CallableVersionRow;
  chosenBy: CallRoute['chosen_by'];
}

/** Throws `validation_failed`, `not_found` or `version_not_published`. */
export async function chooseVersion(
  ports: DomainPorts,
  workspaceId: string,
  request: CreateWebCallRequest,
): Promise<ChosenVersion> {
  if (request.agent_version_id !== undefined) {
    return chooseById(ports, workspaceId, request.agent_version_id, request);
  }
  if (request.agent_id === undefined) {
    throw DomainError.validationFailed([
      'Name the agent: send agent_version_id, or agent_id with an optional agent_version_number.',
    ]);
  }
  const agent = await ports.store.findAgent(workspaceId, request.agent_id);
  if (!agent) throw DomainError.notFound('agent');
  if (request.agent_version_number !== undefined) {
    const version = await ports.store.findCallableVersion(agent.id, request.agent_version_number);
    if (!version) throw DomainError.notFound('agent version');
    return published({ agent, version, chosenBy: 'agent_version_number' });
  }
  const heads = await ports.store.headVersions([agent.id]);
  const version = heads.find((head) => head.is_published);
  if (!version) throw DomainError.versionNotPublished();
  return { agent, version, chosenBy: 'agent_id' };
}

async function chooseById(
  ports: DomainPorts,
  workspaceId: string,
  versionId: string,
  request: CreateWebCallRequest,
): Promise<ChosenVersion> {
  const version = await ports.store.findCallableVersionById(versionId);
  const agent = version && (await ports.store.findAgent(workspaceId, version.agent_id));
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
  return published({ agent, version, chosenBy: 'agent_version_id' });
}

function published(choice: ChosenVersion): ChosenVersion {
  if (!choice.version.is_published) throw DomainError.versionNotPublished();
  return choice;
}
