/** A call that has ended, with what was said in it: reported by its agent as agents do. */
import { decodeJwt } from 'jose';
import type { AgentJob, AgentJobEvent } from '../../sdk/wire/agent-job.js';
import type { AgentVersion, VersionSettingsPatch } from '../../sdk/wire/agent.js';
import type { CreateWebCallRequest } from '../../sdk/wire/web-call.js';
import type { RealApp } from './real-app.js';

/** A turn as a test writes it: `caller: …` or `agent: …`, and the intent that was found. */
export type SaidTurn = [role: 'user' | 'agent', content: string, intent?: string];

/** Publishes an agent with these settings; answers its id. */
export async function publishedAgent(
  real: RealApp,
  settings: VersionSettingsPatch,
): Promise<string> {
  const made = await real.api('POST', '/v1/agents', { title: 'Desk', settings });
  const { id } = made.body as { id: string };
  const draft = await real.api('GET', `/v1/agents/${id}/versions`);
  const [{ version_number }] = (draft.body as { data: [AgentVersion] }).data;
  await real.api('POST', `/v1/agents/${id}/versions/${version_number}/publish`, {});
  return id;
}

/** Creates the call, has all of it said, a second a turn, and ends it; answers its id. */
export async function spokenCall(
  real: RealApp,
  said: readonly SaidTurn[],
  request: Partial<CreateWebCallRequest> & { isOutcomeTold?: boolean } = {},
): Promise<{ callId: string; jobToken: string }> {
  const { isOutcomeTold = true, ...body } = request;
  const { body: grant } = await real.createCall(
    { agent_id: real.first.agent_id, ...body },
    real.secret,
  );
  const room = real.roomOf(grant);
  const token = await real.media.agentToken(room);
  const path = `/v1/agent-jobs/${grant.call_id}`;
  const claim = await real.api('POST', `${path}/claim`, {}, { authorization: `Bearer ${token}` });
  const { job_token: jobToken } = claim.body as AgentJob;
  const job = { authorization: `Bearer ${jobToken}` };
  const started = real.clock.at;
  await real.webhook({
    event: 'participant_joined',
    id: `EV_${grant.call_id}`,
    room: { name: room },
    participant: { identity: identityOf(grant.access_token), sid: 'PA_1', kind: 'STANDARD' },
  });
  const events = said.map(([role, content, intent], index): AgentJobEvent => {
    const at = new Date(started + index * 1_000).toISOString();
    return {
      seq: index + 2,
      type: 'turn',
      turn_id: `t${index + 1}`,
      role,
      content,
      started_at: at,
      ended_at: at,
      ...(intent ? { intent } : {}),
    };
  });
  real.clock.at += said.length * 1_000;
  const at = new Date(started).toISOString();
  await real.api('POST', `${path}/events`, { events: [{ seq: 1, type: 'answered', at }] }, job);
  for (let from = 0; from < events.length; from += 2) {
    const batch = { events: events.slice(from, from + 2) };
    const { status } = await real.api('POST', `${path}/events`, batch, job);
    if (status !== 200) throw new Error(`turns were answered with ${status}`);
  }
  if (isOutcomeTold) {
    await real.api('POST', `${path}/outcome`, { end_reason: 'agent_disconnected' }, job);
  } else await real.api('POST', `/v1/web-calls/${grant.call_id}/terminate`);
  return { callId: grant.call_id, jobToken };
}

function identityOf(token: string): string {
  return decodeJwt(token).sub ?? '';
}
