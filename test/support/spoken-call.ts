/** A call that has ended, with what was said in it: reported by its agent as agents do. */
import { claimedCall } from './claimed-call.js';
import type { AgentJobEvent } from '../../sdk/wire/agent-job.js';
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
  const asked = { agent_id: real.first.agent_id, ...body };
  const { grant, callId, jobToken } = await claimedCall(real, asked, real.secret);
  const path = `/v1/agent-jobs/${callId}`;
  const job = { authorization: `Bearer ${jobToken}` };
  const started = real.clock.at;
  await real.joinCaller(grant);
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
  } else await real.api('POST', `/v1/web-calls/${callId}/terminate`);
  return { callId, jobToken };
}
