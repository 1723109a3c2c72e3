/** Verbs that meet each other, over a real database: one end, one limit, nothing said is lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimedCall } from '../support/claimed-call.js';
import { realApp } from '../support/real-app.js';
import type { AgentJobEvent } from '../../sdk/wire/agent-job.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

function turn(seq: number): AgentJobEvent {
  const at = real.clock.now().toISOString();
  const words = { turn_id: `t${seq}`, role: 'user', content: 'Bye.' } as const;
  return { seq, type: 'turn', ...words, started_at: at, ended_at: at };
}

describe('verbs at the same moment', () => {
  it('admit no more than the limit of fifty creates', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => real.createCall()));
    const grants = all.filter((answer) => answer.status === 201);
    expect(grants).toHaveLength(25);
    await real.domain.endOpenCalls('test over');
    expect((await real.createCall()).status).toBe(201);
    await real.domain.endOpenCalls('test over');
  });

  it('end a call once, whoever is first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { callId, grant, jobToken } = await claimedCall(real);
      const principal = await real.domain.authenticate(real.first.secret_key);
      const answers = await Promise.all([
        real.domain.reportOutcome(callId, jobToken, {
          end_reason: 'agent_disconnected',
        }),
        real.domain.terminateByApi(principal, callId),
        real.domain.terminateByCaller(callId, grant.call_token, 'page_closed'),
      ]);
      const call = await real.readCall(callId);
      expect(call.timeline.filter((row) => row.type === 'call_ended')).toHaveLength(1);
      expect(answers[1].end_reason).toBe(call.end_reason);
      expect(answers[2].end_reason).toBe(call.end_reason);
    }
  });
});

describe('an agent that is late', () => {
  it('may still tell what was said for a minute after the end, once', async () => {
    const { callId, grant, jobToken } = await claimedCall(real);
    await real.domain.terminateByCaller(callId, grant.call_token, 'page_closed');
    const report = () => real.domain.reportEvents(callId, jobToken, [turn(1)]);
    real.clock.at += 59_000;
    expect(await report()).toEqual({ next_seq: 2 });
    expect(await report()).toEqual({ next_seq: 2 });
    const call = await real.readCall(callId);
    expect(call.transcript).toHaveLength(1);
    expect(call.end_reason).toBe('page_closed');
    real.clock.at += 2_000;
    await expect(report()).rejects.toMatchObject({ code: 'call_already_ended' });
  });
});
