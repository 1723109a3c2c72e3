/** What an agent of anybody's reports beside words stands on the record: functions, transfers, usage and its cost, audio cache. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimedCall } from '../support/claimed-call.js';
import { realApp } from '../support/real-app.js';
import type { Call, CallSummary } from '../../sdk/wire/call.js';
import type { RealApp } from '../support/real-app.js';

const prices = {
  currency: 'USD',
  prices: [
    { kind: 'llm', provider: 'openai', unit: 'million_input_tokens', price: 2 },
    { kind: 'transcriber', provider: 'deepgram', unit: 'minute', price: 0.01 },
  ],
} as const;

let real: RealApp;
beforeAll(async () => {
  real = await realApp({}, { prices, redactFields: ['patient'] });
});
afterAll(() => real.close());

async function reportedCall() {
  const { callId, jobToken, grant } = await claimedCall(real);
  const headers = { authorization: `Bearer ${jobToken}` };
  const path = `/v1/agent-jobs/${callId}`;
  let seq = 0;
  return {
    callId,
    grant,
    report: async (...events: object[]) => {
      const at = real.clock.now().toISOString();
      const numbered = events.map((event) => ({ seq: (seq += 1), at, ...event }));
      const answer = await real.api('POST', `${path}/events`, { events: numbered }, headers);
      return answer as { status: number; body: { message?: string } };
    },
    finish: (more: object = {}) =>
      real.api('POST', `${path}/outcome`, { end_reason: 'agent_disconnected', ...more }, headers),
    read: () => real.readCall(callId),
  };
}

const row = async (id: string): Promise<CallSummary | undefined> =>
  ((await real.api('GET', `/v1/calls?call_id=${id}`)).body as { data: CallSummary[] }).data[0];

describe('the record', () => {
  it('is whole and empty before anything is told', async () => {
    const { read, callId } = await reportedCall();
    expect(await read()).toMatchObject({
      entry_point: 'web',
      client: null,
      latency: null,
      audio_cache: null,
      functions: [],
      transfers: [],
      usage: null,
      cost: null,
      feedback: null,
      trace_id: null,
    } satisfies Partial<Call>);
    expect(await row(callId)).toMatchObject({ entry_point: 'web', cost: null, findings: [] });
  });

  it('has functions with arguments and answers, without secrets, in their order', async () => {
    const { report, read } = await reportedCall();
    const called = { type: 'function', latency_ms: 120 };
    const answer = '{"state": "sent", "token": "hunter2", "patient": "Ann"}';
    await report(
      { ...called, name: 'find', ok: true, arguments: { number: 7, pin: 1234 }, answer },
      { ...called, name: 'old_agent', ok: false, error: 'api_key=hunter2 is unknown' },
    );
    const { functions, timeline } = await read();
    expect(functions).toEqual([
      {
        id: expect.stringMatching(/^fn_/) as string,
        name: 'find',
        at: real.clock.now().toISOString(),
        at_ms: 0,
        arguments: { number: 7, pin: '[redacted]' },
        answer: { state: 'sent', token: '[redacted]', patient: '[redacted]' },
        latency_ms: 120,
        ok: true,
        error: null,
        source: 'version',
      },
      expect.objectContaining({
        name: 'old_agent',
        arguments: null,
        answer: null,
        ok: false,
        error: 'api_key=[redacted] is unknown',
      }),
    ]);
    expect(timeline.filter(({ type }) => type === 'function_called')).toHaveLength(2);
    expect(JSON.stringify(timeline)).not.toContain('hunter2');
  });

  it('keeps no more than 500 functions of a call, and says nothing twice', async () => {
    const { report, read } = await reportedCall();
    const one = { type: 'function', name: 'f', ok: true, latency_ms: 1 };
    for (let batch = 0; batch < 6; batch += 1) {
      await report(...Array.from({ length: 99 }, () => one));
    }
    await report({ ...one, seq: 3 });
    expect((await read()).functions).toHaveLength(500);
  });

  it('has transfers with both agents', async () => {
    const { report, read, grant } = await reportedCall();
    const to = { agent_id: 'agent_other', agent_name: 'Workshop' };
    await report(
      { type: 'transfer', to, reason: 'A repair.', status: 'completed' },
      { type: 'transfer', from: to, to: { agent_id: 'agent_x' }, status: 'failed', error: 'busy' },
    );
    const { transfers, timeline } = await read();
    const other = { ...to, agent_version_id: null, agent_version_number: null };
    expect(transfers).toMatchObject([
      {
        from: { agent_id: grant.agent_id, agent_version_id: grant.agent_version_id },
        to: other,
        reason: 'A repair.',
        status: 'completed',
        error: null,
      },
      {
        from: other,
        to: { agent_id: 'agent_x', agent_name: null },
        status: 'failed',
        error: 'busy',
      },
    ]);
    expect(timeline.map(({ type }) => type).slice(1)).toEqual([
      'call_transferred',
      'transfer_failed',
    ]);
  });

  it('has the usage that was told last, and what it costs, in the list as well', async () => {
    const { report, read, callId } = await reportedCall();
    const usage = (input_tokens: number) => ({
      type: 'usage',
      providers: [
        { kind: 'llm', provider: 'openai', model: 'm', input_tokens, output_tokens: 10 },
        { kind: 'transcriber', provider: 'deepgram', model: 'nova-3', speech_ms: 30_000 },
      ],
    });
    await report(usage(100), usage(200_000));
    await report(usage(500_000));
    const call = await read();
    expect(call.usage).toMatchObject({
      speech_ms: 30_000,
      llm_input_tokens: 500_000,
      llm_output_tokens: 10,
      voice_characters: 0,
    });
    expect(call.cost).toMatchObject({ currency: 'USD', total: 1.005 });
    expect((await row(callId))?.cost).toBe(1.005);
  });

  it('has the use of the audio cache', async () => {
    const one = await reportedCall();
    await one.finish({ audio_cache: { lookups: 4, hits: 3, misses: 1, new_entries: 1 } });
    const cache = { enabled: true, lookups: 4, hits: 3, misses: 1, new_entries: 1, hit_rate: 0.75 };
    expect((await one.read()).audio_cache).toEqual(cache);
    const other = await reportedCall();
    const none = { enabled: false, lookups: 0, hits: 0, misses: 0, new_entries: 0 };
    await other.finish({ audio_cache: none });
    const call = await other.read();
    expect(call.audio_cache).toEqual({ ...none, hit_rate: 0 });
    expect(call.timeline.map(({ type }) => type)).not.toContain('audio_cache_used');
  });

  it('has the id of the trace', async () => {
    const { report, read } = await reportedCall();
    const trace_id = 'ab'.repeat(16);
    await report({ type: 'trace', trace_id });
    expect((await read()).trace_id).toBe(trace_id);
  });

  it('dates what is told after the end within the call', async () => {
    const { report, read, finish } = await reportedCall();
    const end = real.clock.at;
    await report({
      type: 'function',
      name: 'late',
      ok: true,
      latency_ms: 1,
      at: new Date(end + 60_000).toISOString(),
    });
    await finish();
    const { functions, ended_at: ended } = await read();
    expect(functions[0]?.at).toBe(ended);
  });

  it.each([
    ['arguments that are no object', { type: 'function', arguments: 'x' }, /arguments/],
    ['usage of another kind', { type: 'usage', providers: [{ kind: 'video' }] }, /kind/],
    [
      'usage below nothing',
      { type: 'usage', providers: [{ kind: 'llm', provider: 'x', model: null, input_tokens: -1 }] },
      /input_tokens/,
    ],
    ['a transfer to nobody', { type: 'transfer', status: 'completed' }, /to/],
    ['a trace of another shape', { type: 'trace', trace_id: 'abc' }, /hexadecimal/],
  ])('refuses %s', async (_what, event, message) => {
    const { report } = await reportedCall();
    const whole = { name: 'f', ok: true, latency_ms: 1, ...event };
    const answer = await report(event.type === 'function' ? whole : event);
    expect(answer.status).toBe(400);
    expect([answer.body.message].flat().join(' ')).toMatch(message);
  });
});

describe('a call that keeps nothing that was said', () => {
  it('has functions, transfers, notes and an end without words', async () => {
    const settings = { prompt: 'Be silent.', opt_out_sensitive_data_storage: true };
    const made = await real.api('POST', '/v1/agents', { title: 'Silent', settings });
    const agent = made.body as { id: string };
    await real.api('POST', `/v1/agents/${agent.id}/versions/1/publish`, {});
    const { body: grant } = await real.createCall({ agent_id: agent.id }, real.secret);
    const token = await real.media.agentToken(real.roomOf(grant));
    const path = `/v1/agent-jobs/${grant.call_id}`;
    const claim = await real.api('POST', `${path}/claim`, {}, { authorization: `Bearer ${token}` });
    const job = { authorization: `Bearer ${(claim.body as { job_token: string }).job_token}` };
    const at = real.clock.now().toISOString();
    const said = { arguments: { name: 'Ann' }, answer: 'Hello Ann' };
    const to = { agent_id: 'agent_x' };
    const events = [
      { seq: 1, at, type: 'function', name: 'f', ok: true, latency_ms: 1, ...said },
      { seq: 2, at, type: 'transfer', to, status: 'completed', reason: 'Ann is angry.' },
      { seq: 3, at, type: 'function', name: 'g', ok: false, latency_ms: 1, error: 'no Ann here' },
      { seq: 4, at, type: 'transfer', to, status: 'failed', error: 'Ann is gone' },
      { seq: 5, at, type: 'note', name: 'heard', detail: { Ann: 'Ann' } },
      {
        seq: 6,
        at,
        type: 'note',
        name: 'provider_failed',
        detail: { part: 'llm', provider: 'offline', error: 'cannot answer Ann' },
      },
      { seq: 7, at, type: 'note', name: 'context_told', detail: { text: 'Ann reads.' } },
      { seq: 8, at, type: 'note', name: 'keys_pressed', detail: { keys: '4711' } },
      {
        seq: 9,
        at,
        type: 'note',
        name: 'context_refused',
        detail: { reason: 'too_long', times: 2 },
      },
      { seq: 10, at, type: 'function', name: 'h', ok: true, latency_ms: 1, source: 'page' },
    ];
    expect(await real.api('POST', `${path}/events`, { events }, job)).toMatchObject({
      status: 200,
    });
    const outcome = { end_reason: 'system_failure', error: 'no model for Ann' };
    expect((await real.api('POST', `${path}/outcome`, outcome, job)).status).toBe(200);
    const call = await real.readCall(grant.call_id);
    expect(call.end_reason).toBe('system_failure');
    expect(call.functions).toMatchObject([
      { name: 'f', arguments: null, answer: null },
      { name: 'g', ok: false, error: null, source: 'version' },
      { name: 'h', ok: true, source: 'page' },
    ]);
    expect(call.transfers).toMatchObject([{ reason: null }, { status: 'failed', error: null }]);
    const timeline = await real.api('GET', `/v1/calls/${grant.call_id}/events`);
    expect(timeline.status).toBe(200);
    expect(JSON.stringify(timeline.body)).not.toContain('Ann');
    expect(JSON.stringify(timeline.body)).not.toContain('4711');
    expect(JSON.stringify(timeline.body)).toContain('"part":"llm","provider":"offline"');
    expect(JSON.stringify(timeline.body)).toContain('"times":2,"reason":"too_long"');
    expect(JSON.stringify(call)).not.toContain('Ann');
  });

  it('has the variables that its job needs until it ends', async () => {
    const settings = { prompt: 'Greet {{name}}.', opt_out_sensitive_data_storage: true };
    const made = await real.api('POST', '/v1/agents', { title: 'Forgetful', settings });
    const agent = made.body as { id: string };
    await real.api('POST', `/v1/agents/${agent.id}/versions/1/publish`, {});
    const given = { agent_id: agent.id, variables: { name: 'Ann' } };
    const { body: grant } = await real.createCall(given, real.secret);
    expect((await real.readCall(grant.call_id)).variables).toEqual({ name: 'Ann' });
    await real.api('POST', `/v1/web-calls/${grant.call_id}/terminate`, {});
    const over = await real.readCall(grant.call_id);
    expect(over.end_reason).toBe('terminated_by_api');
    expect(over.variables).toEqual({});
  });
});

describe('a trial', () => {
  it('is marked by a secret key, and by no page', async () => {
    const body = { agent_id: real.first.agent_id, entry_point: 'test' };
    const { body: grant } = await real.createCall(body, real.secret);
    expect((await real.readCall(grant.call_id)).entry_point).toBe('test');
    expect((await row(grant.call_id))?.entry_point).toBe('test');
    const refused = await real.createCall(body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect((await real.createCall({ ...body, entry_point: 'inbound' }, real.secret)).status).toBe(
      400,
    );
  });
});
