/** A worker asks, before it accepts a job, whether its call still waits for an agent. */
import { DomainError } from '../errors/domain-error.js';
import type { DomainPorts } from '../ports/domain-ports.js';

/**
 * The agent that has claimed it may do so again, as of a job whose worker died before its agent had joined.
 * `agentToken` is of kind `agent` and for the call's room; whoever holds the media server's secret may make one. Nothing
 * is changed. Throws `token_invalid`, also for a call that is not known, `conflict`, `call_already_ended`.
 */
export async function checkOpenJob(
  ports: DomainPorts,
  callId: string,
  agentToken: string,
): Promise<void> {
  const claims = await ports.media.verifyAgentToken(agentToken);
  const call = claims ? await ports.store.findCall(callId) : null;
  if (!call || call.room_name !== claims?.roomName) throw DomainError.tokenInvalid();
  if (call.ended_at) throw DomainError.callAlreadyEnded();
  if (call.agent_identity !== null && call.agent_identity !== claims.identity) {
    throw DomainError.conflict('Another agent has claimed this job.');
  }
}
