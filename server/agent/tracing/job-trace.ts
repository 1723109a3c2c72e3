/** The agent's half of a call's trace: the framework's spans and ours, below the span of the call that the server writes. */
import { ROOT_CONTEXT, TraceFlags, context, trace } from '@opentelemetry/api';
import type { Context, SpanContext } from '@opentelemetry/api';
import { telemetry } from '@livekit/agents';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';
import type { TracingConfig } from '../../environment/tracing.js';
import { openExport } from '../../tracing/open-export.js';
import { CallContexts } from './call-contexts.js';
import { CallSpans } from './call-spans.js';
import type { Recognition } from './call-spans.js';

/** The trace of one job. Nothing of it throws, and nothing waits but `close`. */
export interface JobTrace {
  /** Where it is not the server's trace: its id, for the record. */
  ownId: string | null;
  /** The session that starts in it is of the call, and all that the session does. */
  run<T>(act: () => T): T;
  recognised(recognition: Recognition): void;
  /** From now on nothing that is said is told, whatever the operator wants. */
  keepNothing(): void;
  /** The agent is done: sends what is left, for a moment. */
  close(): Promise<void>;
}

/** What is traced. */
export type TracedJob = Pick<
  AgentJob,
  'call_id' | 'agent_id' | 'agent_name' | 'agent_version_id' | 'agent_version_number' | 'record'
> &
  Partial<Pick<AgentJob, 'traceparent'>>;

const SERVICE = 'dialnexa-agent';
/** Of one attribute; the rest of what was said is left out. */
const LONGEST_VALUE = 16_384;
const LAST_SPANS_MS = 1_500;

/** For a call that is not traced. */
export const NO_TRACE: JobTrace = {
  ownId: null,
  run: (act) => act(),
  recognised: () => undefined,
  keepNothing: () => undefined,
  close: () => Promise.resolve(),
};

/**
 * Begins the trace of this process's one call. A job without `traceparent` is of a server that traces nothing: its trace is the
 * agent's own. `tell` gets one sentence when traces are not taken, and when they are again.
 */
export async function openJobTrace(
  config: TracingConfig | null,
  job: TracedJob,
  begunAt: number,
  tell: (sentence: string) => void,
): Promise<JobTrace> {
  if (!config || !isTraced(config, job.traceparent ?? null)) return NO_TRACE;
  let mayTellContent = config.captureContent && job.record;
  telemetry.genAI.setCaptureContent(mayTellContent);
  const options = { serviceName: SERVICE, mayTellContent: () => mayTellContent, tell };
  const [{ TracerProvider, SamplingDecision }, { processor, resource, flush }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    openExport(config, options),
  ]);
  const { RECORD_AND_SAMPLED: RECORDED, NOT_RECORD: NOT_RECORDED } = SamplingDecision;
  const spans = new CallSpans(job.call_id);
  const others = new telemetry.FanoutSpanProcessor();
  // What was begun before the call, and the framework's watch over the process, would be traces of their own.
  let traceId = parsed(job.traceparent ?? null)?.traceId;
  const onlyThis = {
    shouldSample: (_context: Context, id: string) => ({
      decision: (traceId ??= id) === id ? RECORDED : NOT_RECORDED,
    }),
  };
  const provider = new TracerProvider({
    resource,
    sampler: onlyThis,
    spanLimits: { attributeValueLengthLimit: LONGEST_VALUE },
    spanProcessors: [spans, processor, others],
  });
  context.setGlobalContextManager(new CallContexts());
  // What may be told is decided once, by `mayTellContent`.
  const registerSpanProcessor = others.add.bind(others);
  telemetry.setTracerProvider(provider, { registerSpanProcessor, allowPii: true });
  const tracer = provider.getTracer('dialnexa');
  const parent = contextOf(job.traceparent ?? null);
  const jobSpan = tracer.startSpan(
    'agent_job',
    { startTime: begunAt, attributes: attributesOf(job) },
    parent,
  );
  const own = trace.setSpan(parent, jobSpan);
  return {
    ownId: job.traceparent ? null : jobSpan.spanContext().traceId,
    run: (act) => context.with(own, act),
    recognised: (recognition) => spans.recognised(tracer, own, recognition),
    keepNothing: () => {
      mayTellContent = false;
      telemetry.genAI.setCaptureContent(false);
    },
    close: async () => {
      spans.endAll();
      await flush(LAST_SPANS_MS);
    },
  };
}

function isTraced({ ratio }: TracingConfig, traceparent: string | null): boolean {
  const told = parsed(traceparent);
  if (told) return (told.traceFlags & TraceFlags.SAMPLED) !== 0;
  return traceparent === null && Math.random() < ratio;
}

function contextOf(traceparent: string | null): Context {
  const told = parsed(traceparent);
  return told ? trace.setSpanContext(ROOT_CONTEXT, told) : ROOT_CONTEXT;
}

function parsed(traceparent: string | null): SpanContext | null {
  const [, traceId, spanId, flags] =
    /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId || !flags) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

function attributesOf(job: TracedJob): Record<string, string> {
  return {
    'dialnexa.call.id': job.call_id,
    'dialnexa.agent.version_id': job.agent_version_id,
    'gen_ai.conversation.id': job.call_id,
    'gen_ai.agent.id': job.agent_id,
    'gen_ai.agent.name': job.agent_name,
    'gen_ai.agent.version': String(job.agent_version_number),
  };
}
