/** The agent's half of a trace: whose it is, and what of it leaves. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { telemetry } from '@livekit/agents';
import { context, trace } from '@opentelemetry/api';
import { openJobTrace } from '../../../server/agent/tracing/job-trace.js';
import type { TracedJob } from '../../../server/agent/tracing/job-trace.js';
import { readTracing } from '../../../server/environment/tracing.js';
import { OtlpCollector } from '../../support/otlp-collector.js';

const SERVERS = { traceId: '1f'.repeat(16), spanId: '2e'.repeat(8) };
const SAID = 'my zeppelin has lost a rudder';
const HEARD_AT = Date.now();

let collector: OtlpCollector;
beforeAll(async () => {
  collector = await OtlpCollector.open();
});
afterEach(() => {
  // Of a process that has one call; here there are several.
  context.disable();
  const registerSpanProcessor = (): void => undefined;
  telemetry.setTracerProvider(trace.getTracerProvider(), { registerSpanProcessor });
  collector.bodies.length = 0;
});
afterAll(() => collector.close());

/** Of a call in which this is said, as the framework tells it. */
async function traced(
  job: Partial<TracedJob> = {},
  env: Record<string, string> = {},
  then: 'keepNothing' | 'close' = 'close',
) {
  const { tracing } = readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env });
  const whole: TracedJob = {
    call_id: 'call_1',
    agent_id: 'agent_1',
    agent_name: 'Desk',
    agent_version_id: 'av_1',
    agent_version_number: 1,
    record: true,
    traceparent: `00-${SERVERS.traceId}-${SERVERS.spanId}-01`,
    ...job,
  };
  const from = collector.spans.length;
  const tell = (sentence: string): never => expect.fail(sentence);
  const opened = await openJobTrace(tracing, whole, Date.now(), tell);
  await opened.run(async () => {
    const turn = telemetry.tracer.startSpan({ name: 'user_turn' });
    turn.setAttributes({
      [telemetry.traceTypes.ATTR_USER_TRANSCRIPT]: SAID,
      [telemetry.traceTypes.ATTR_TRANSCRIPT_CONFIDENCE]: 0.5,
      [telemetry.traceTypes.ATTR_GEN_AI_CONVERSATION_ID]: 'RM_1',
      'lk.session_options': SAID,
      'a.name.of.tomorrow': SAID,
    });
    telemetry.genAI.setContentAttributes(turn, {
      inputMessages: [{ role: 'user', parts: [{ type: 'text', content: SAID }] }],
    });
    turn.addEvent('gen_ai.user.message', { content: SAID });
    telemetry.recordException(turn, new RangeError(SAID));
    opened.recognised({
      ...{
        provider: 'offline',
        model: 'moonshine-tiny',
        startedAt: HEARD_AT,
        endedAt: HEARD_AT + 100,
      },
      error: undefined,
    });
    // It is never ended.
  });
  if (then === 'keepNothing') opened.keepNothing();
  await opened.close();
  return { opened, spans: collector.spans.slice(from) };
}

describe('the trace of a job', () => {
  it("goes on with the server's, and names the call in every span of it", async () => {
    const { opened, spans } = await traced();
    expect(opened.ownId).toBeNull();
    const named = Object.fromEntries(spans.map((span) => [span.name, span]));
    expect(Object.keys(named).sort()).toEqual(['agent_job', 'recognition', 'user_turn']);
    expect(spans.every(({ traceId }) => traceId === SERVERS.traceId)).toBe(true);
    expect(named['agent_job']?.parentId).toBe(SERVERS.spanId);
    expect(named['user_turn']?.parentId).toBe(named['agent_job']?.spanId);
    expect(named['recognition']).toMatchObject({
      parentId: named['user_turn']?.spanId,
      startMs: HEARD_AT,
      endMs: HEARD_AT + 100,
    });
    for (const { attributes } of spans) {
      expect(attributes['gen_ai.conversation.id']).toBe('call_1');
    }
  });

  it('tells figures and kinds, and no word, unless it is asked for', async () => {
    const { spans } = await traced();
    const turn = spans.find(({ name }) => name === 'user_turn');
    expect(turn).toMatchObject({ isError: true });
    expect(turn?.attributes).toEqual({
      'lk.transcript_confidence': 0.5,
      'gen_ai.conversation.id': 'call_1',
      'error.type': 'RangeError',
      'exception.type': 'RangeError',
    });
    expect(turn?.events).toEqual([
      { name: 'exception', attributes: { 'exception.type': 'RangeError' } },
    ]);
    expect(collector.bodies.length).toBeGreaterThan(0);
    expect(collector.has('zeppelin')).toBe(false);
  });

  it('tells what was said where the operator wants it', async () => {
    const { spans } = await traced({}, { OTEL_CAPTURE_CONTENT: 'true' });
    const turn = spans.find(({ name }) => name === 'user_turn');
    expect(turn?.attributes).toMatchObject({ 'lk.pii.user_transcript': SAID });
    expect(String(turn?.attributes['gen_ai.input.messages'])).toContain(SAID);
  });

  it.each([
    ['of a version that keeps nothing', { record: false }, 'close'],
    ['that has been handed to an agent that keeps nothing', {}, 'keepNothing'],
  ] as const)('tells nothing that was said in a call %s, even so', async (_, job, then) => {
    const { spans } = await traced(job, { OTEL_CAPTURE_CONTENT: 'true' }, then);
    expect(spans).toHaveLength(3);
    expect(collector.has('zeppelin')).toBe(false);
  });

  it('is its own where the server has none, and there is none where the server wants none', async () => {
    const { opened, spans } = await traced({ traceparent: null });
    expect(opened.ownId).toMatch(/^[\da-f]{32}$/);
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([opened.ownId]));
    expect(spans.find(({ name }) => name === 'agent_job')?.parentId).toBeNull();
    const unwanted = `00-${SERVERS.traceId}-${SERVERS.spanId}-00`;
    expect((await traced({ traceparent: unwanted })).spans).toEqual([]);
    expect((await traced({ traceparent: 'nonsense' })).spans).toEqual([]);
    const none = { OTEL_TRACES_SAMPLER: 'always_off' };
    expect((await traced({ traceparent: null }, none)).spans).toEqual([]);
  });
});
