/** The server's tracer: hands spans that are over to the collector. Loads OpenTelemetry, which a server without traces does not. */
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SpanContext } from '@opentelemetry/api';
import type { SpanRecord, Tracer } from '../domain/ports/tracer.js';
import type { TracingConfig } from '../environment/tracing.js';
import { openExport } from './open-export.js';
import { sampler } from './sampler.js';

/** A tracer that can be closed. */
export interface OpenTracer extends Tracer {
  /** Sends what waits, for so long. Never rejects. */
  close(withinMs: number): Promise<void>;
}

const SERVICE = 'dialnexa-server';
const SCOPE = { name: 'dialnexa' };

/** `tell` gets one sentence when the collector takes nothing, and when it does again. */
export async function openTracer(
  config: TracingConfig,
  tell: (sentence: string) => void,
): Promise<OpenTracer> {
  const [{ SpanKind, SpanStatusCode, TraceFlags }, { processor, resource, flush }] =
    await Promise.all([
      import('@opentelemetry/api'),
      // What the server tells of a call holds nothing that was said.
      openExport(config, { serviceName: SERVICE, mayTellContent: () => false, tell }),
    ]);
  const kinds = {
    internal: SpanKind.INTERNAL,
    server: SpanKind.SERVER,
    client: SpanKind.CLIENT,
  } as const;

  const spanOf = (record: SpanRecord): ReadableSpan => {
    const { trace_id: traceId, parent_span_id: parent, started_at, ended_at } = record;
    const context = (spanId: string): SpanContext => ({
      traceId,
      spanId,
      traceFlags: TraceFlags.SAMPLED,
    });
    const own = context(record.span_id);
    const isError = record.error !== null;
    const known = Object.entries(record.attributes).filter(([, value]) => value !== null);
    return {
      name: record.name,
      kind: kinds[record.kind],
      spanContext: () => own,
      ...(parent === null ? {} : { parentSpanContext: context(parent) }),
      startTime: hrTime(started_at.getTime()),
      endTime: hrTime(ended_at.getTime()),
      duration: hrTime(ended_at.getTime() - started_at.getTime()),
      ended: true,
      status: { code: isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
      attributes: {
        ...(Object.fromEntries(known) as Record<string, string | number | boolean>),
        ...(record.error === null ? {} : { 'error.type': record.error }),
      },
      links: [],
      events: [],
      resource,
      instrumentationScope: SCOPE,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    };
  };

  return {
    isSampled: sampler(config.ratio),
    export: (spans) => spans.forEach((record) => processor.onEnd(spanOf(record))),
    close: flush,
  };
}

/** Seconds and nanoseconds, as OpenTelemetry counts. */
function hrTime(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1_000_000)];
}
