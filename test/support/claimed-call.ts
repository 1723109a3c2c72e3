/** A call of the app over the real domain whose agent has claimed its job. */
import type { AgentJob } from '../../sdk/wire/agent-job.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import type { RealApp } from './real-app.js';

export interface ClaimedCall {
  callId: string;
  grant: CreateWebCallResponse;
  jobToken: string;
}

export async function claimedCall(
  real: RealApp,
  more?: object,
  headers?: object,
): Promise<ClaimedCall> {
  const { body: grant } = await real.createCall(more, headers);
  const token = await real.media.agentToken(real.roomOf(grant));
  const path = `/v1/agent-jobs/${grant.call_id}/claim`;
  const claim = await real.api('POST', path, {}, { authorization: `Bearer ${token}` });
  const { job_token: jobToken } = claim.body as AgentJob;
  return { callId: grant.call_id, grant, jobToken };
}
