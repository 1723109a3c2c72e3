/** The server's half of a call's trace, as a collector gets it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalyst } from '../../server/analysis/create-analyst.js';
import { readTracing } from '../../server/environment/tracing.js';
import { openTracer } from '../../server/tracing/open-tracer.js';
import type { OpenTracer } from '../../server/tracing/open-tracer.js';
import { claimedCall } from '../support/claimed-call.js';
import { OtlpCollector } from '../support/otlp-collector.js';
import { realApp } from '../support/real-app.js';
import type { RealApp } from '../support/real-app.js';
import { spokenCall } from '../support/spoken-call.js';
import type { SaidTurn } from '../support/spoken-call.js';
import { waitFor } from '../support/wait-for.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';
import type { AgentJob } from '../../sdk/wire/agent-job.js';
import type { WebhookDelivery } from '../../sdk/wire/webhook.js';

const SAID: SaidTurn[] = [
  ['agent', 'Welcome to the lighthouse.'],
  ['user', 'My zeppelin has lost a rudder.'],
];

function tracingTo(url: string, more: Record<string, string> = {}) {
  const { tracing } = readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: url, ...more });
  if (!tracing) throw new Error('not traced');
  return tracing;
}

let collector: OtlpCollector;
let tracer: OpenTracer;
let real: RealApp;
const told: string[] = [];
let analyse = createAnalyst(null).analyse;
beforeAll(async () => {
  collector = await OtlpCollector.open();
  const config = tracingTo(collector.url, {
    OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=hunter2',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  });
  tracer = await openTracer(config, (sentence) => told.push(sentence));
  const analyst = { analyse: (...asked: Parameters<typeof analyse>) => analyse(...asked) };
  real = await realApp({}, { tracer, analyst });
});
afterAll(async () => {
  await real.close();
  await collector.close();
});

describe('the trace of a call', () => {
  it('is written when the call is over, from its record, with nothing that was said', async () => {
    const receiver = await startWebhookReceiver();
    const hook = { url: `${receiver.url}/a-path-of-theirs` };
    const { body: made, status } = await real.api('POST', '/v1/webhooks', hook);
    expect(status).toBe(201);
    const deliveries = `/v1/webhooks/${(made as { id: string }).id}/deliveries`;
    const { callId } = await spokenCall(real, SAID);
    const before = await real.readCall(callId);
    expect(before.trace_id).toMatch(/^[\da-f]{32}$/);
    await real.domain.afterCalls();
    real.clock.at = Date.now() + 10_000;
    // Written down, not only received: a delivery that is stopped before has no span.
    const isTold = async (): Promise<boolean> => {
      await real.domain.deliverWebhooks();
      const { body } = await real.api('GET', deliveries);
      return (body as { data: WebhookDelivery[] }).data.some(
        (one) => one.event_type === 'call_ended' && one.status === 'delivered',
      );
    };
    await waitFor(isTold, { what: 'the webhook' });
    await real.domain.stopWebhooks();
    await tracer.close(5_000);
    await receiver.close();

    const spans = collector.of(before.trace_id);
    const root = spans.find(({ name }) => name === 'call');
    expect(root).toMatchObject({
      service: 'dialnexa-server',
      parentId: null,
      startMs: Date.parse(before.created_at),
      endMs: Date.parse(before.ended_at ?? ''),
      isError: false,
      attributes: {
        'dialnexa.call.id': callId,
        'dialnexa.call.status': 'completed',
        'dialnexa.call.end_reason': 'agent_disconnected',
        'dialnexa.call.entry_point': 'web',
        'dialnexa.call.turns': 2,
        'gen_ai.conversation.id': callId,
        'gen_ai.agent.id': real.first.agent_id,
        'gen_ai.agent.version': '1',
      },
    });
    const names = ['await_caller', 'await_agent', 'conversation', 'analysis', 'webhook call_ended'];
    for (const name of names) {
      const found = spans.filter((span) => span.name === name);
      expect(found, name).toHaveLength(1);
      expect(found[0]?.parentId, name).toBe(root?.spanId);
    }
    expect(spans.find(({ name }) => name === 'webhook call_ended')?.attributes).toMatchObject({
      'http.response.status_code': 200,
      'server.address': '127.0.0.1',
    });
    expect(collector.paths[0]).toBe('/v1/traces');
    expect(collector.headers[0]?.['x-api-key']).toBe('hunter2');
    for (const word of ['zeppelin', 'lighthouse', 'hunter2', 'a-path-of-theirs']) {
      expect(collector.has(word), word).toBe(false);
    }
    expect(collector.has('deployment.environment.name')).toBe(true);
  });

  it('is written once, though the call is analysed again, and has the new analysis in it', async () => {
    const { callId } = await spokenCall(real, SAID);
    await real.domain.afterCalls();
    await real.api('POST', `/v1/calls/${callId}/analyze`);
    analyse = async () => ({
      ...(await createAnalyst(null).analyse({
        ...{ turns: [], fields: [], language: 'en', dialogue: null, timeZone: 'UTC' },
        ...{ endReason: null, durationMs: null },
      })),
      method: 'model',
      model: 'qwen3',
      usage: { input_tokens: 120, output_tokens: 30 },
    });
    await real.domain.afterCalls();
    await tracer.close(5_000);
    const spans = collector.of((await real.readCall(callId)).trace_id);
    expect(spans.filter(({ name }) => name === 'call')).toHaveLength(1);
    const analyses = spans.filter(({ name }) => name === 'analysis');
    expect(analyses.map((one) => one.attributes['dialnexa.analysis.method'])).toEqual([
      'rules',
      'model',
    ]);
    const chat = spans.find(({ name }) => name === 'chat qwen3');
    expect(chat?.parentId).toBe(analyses[1]?.spanId);
    expect(chat?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'qwen3',
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 30,
    });
  });

  it('is there for a call that nobody has answered, marked as failed', async () => {
    const { body: grant } = await real.createCall();
    await real.joinCaller(grant);
    real.clock.at += 120_000;
    await real.domain.closeDueCalls();
    real.clock.at += 10_000;
    await real.domain.afterCalls();
    await tracer.close(5_000);
    const { trace_id, status, end_reason } = await real.readCall(grant.call_id);
    expect(status).toBe('no_answer');
    const spans = collector.of(trace_id);
    expect(spans.map(({ name }) => name).sort()).toEqual(['await_agent', 'await_caller', 'call']);
    const root = spans.find(({ name }) => name === 'call');
    expect(root).toMatchObject({ isError: true, attributes: { 'error.type': end_reason } });
  });

  it('is handed to the agent, whoever that is, and is the one on the record', async () => {
    const { body: grant } = await real.createCall();
    const token = await real.media.agentToken(real.roomOf(grant));
    const path = `/v1/agent-jobs/${grant.call_id}`;
    const claim = await real.api('POST', `${path}/claim`, {}, { authorization: `Bearer ${token}` });
    const { traceparent, job_token } = claim.body as AgentJob;
    const [, traceId] = /^00-([\da-f]{32})-[\da-f]{16}-01$/.exec(traceparent ?? '') ?? [];
    const at = real.clock.now().toISOString();
    const events = [{ seq: 1, type: 'trace', at, trace_id: 'ab'.repeat(16) }];
    await real.api('POST', `${path}/events`, { events }, { authorization: `Bearer ${job_token}` });
    expect((await real.readCall(grant.call_id)).trace_id).toBe(traceId);
  });
});

describe('a collector', () => {
  it.each(['hangs', 'refuses', 'answers nonsense'] as const)(
    'that %s holds nothing up, and is told of once',
    async (mood) => {
      collector.mood = mood;
      told.length = 0;
      const arrived = collector.paths.length;
      const { callId } = await spokenCall(real, SAID);
      await real.domain.afterCalls();
      expect((await real.readCall(callId)).analysis.status).toBe('completed');
      await waitFor(() => collector.paths.length > arrived, { what: 'the spans' });
      const began = Date.now();
      await tracer.close(300);
      expect(Date.now() - began).toBeLessThan(1_500);
      await spokenCall(real, SAID);
      await real.domain.afterCalls();
      await waitFor(() => told.length > 0, { what: 'the sentence', timeoutMs: 15_000 });
      collector.mood = 'takes';
      await spokenCall(real, SAID);
      await real.domain.afterCalls();
      await waitFor(() => told.length > 1, { what: 'the recovery', timeoutMs: 15_000 });
      expect(told).toEqual([
        expect.stringMatching(/^traces are not taken, and dropped: /),
        'traces are taken again',
      ]);
    },
    40_000,
  );
});

describe('a share of the calls', () => {
  it('is traced where the operator wants no more, and the others say so', async () => {
    const none = await openTracer(
      tracingTo(collector.url, { OTEL_TRACES_SAMPLER: 'always_off' }),
      (sentence) => told.push(sentence),
    );
    const quiet = await realApp({}, { tracer: none });
    const { callId } = await claimedCall(quiet);
    expect((await quiet.readCall(callId)).trace_id).toBeNull();
    await quiet.close();
    const half = await openTracer(
      tracingTo(collector.url, {
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.5',
      }),
      (sentence) => told.push(sentence),
    );
    expect(half.isSampled('7f'.repeat(16))).toBe(true);
    expect(half.isSampled('80'.repeat(16))).toBe(false);
  });
});
