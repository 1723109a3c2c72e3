/** The way of spans to the collector: in batches, beside everything else, bounded in number and time. Loads OpenTelemetry. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Resource } from '@opentelemetry/resources';
import type { BatchSpanProcessor, ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { TracingConfig } from '../environment/tracing.js';
import { withoutContent } from './without-content.js';

/** Spans that wait; more are dropped. */
const MOST_WAITING = 2_048;
const MOST_AT_ONCE = 256;
const BATCH_MS = 1_000;
/** For one batch, all tries together. */
const EXPORT_MS = 5_000;
const LONGEST_REASON = 100;

/** What differs from process to process. */
export interface ExportOptions {
  /** Where `OTEL_SERVICE_NAME` is not set. */
  serviceName: string;
  /** Asked for each batch. */
  mayTellContent(): boolean;
  /** One sentence: the collector takes nothing, or takes it again. */
  tell(sentence: string): void;
}

/** An open way. */
export interface TraceExport {
  /** What has ended goes in here. */
  processor: BatchSpanProcessor;
  /** Who tells. */
  resource: Resource;
  /** Sends what waits; never rejects, and takes no longer than this. */
  flush(withinMs: number): Promise<void>;
}

/** Never connects before there is something to send. */
export async function openExport(
  { url, headers, serviceName, resource: told }: TracingConfig,
  options: ExportOptions,
): Promise<TraceExport> {
  const [
    { BatchSpanProcessor },
    { OTLPTraceExporter },
    { defaultResource, resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: EXPORT_MS });
  const processor = new BatchSpanProcessor({
    exporter: guarded(exporter, options),
    maxQueueSize: MOST_WAITING,
    maxExportBatchSize: MOST_AT_ONCE,
    scheduledDelayMillis: BATCH_MS,
    exportTimeoutMillis: EXPORT_MS,
  });
  const named = { ...told, 'service.name': serviceName ?? options.serviceName };
  return {
    processor,
    resource: defaultResource().merge(resourceFromAttributes(named)),
    flush: async (withinMs) => {
      const sent = processor.forceFlush().catch(() => undefined);
      await Promise.race([sent, wait(withinMs, undefined, { ref: false })]);
    },
  };
}

/** Takes out what must not be told, and tells of a collector that is away: once, until it is back. */
function guarded(exporter: SpanExporter, { mayTellContent, tell }: ExportOptions): SpanExporter {
  let isAway = false;
  return {
    export: (spans: ReadableSpan[], done) => {
      const told = mayTellContent() ? spans : spans.map(withoutContent);
      exporter.export(told, (result) => {
        const hasFailed = result.error !== undefined || Number(result.code) !== 0;
        if (hasFailed && !isAway) {
          tell(`traces are not taken, and dropped: ${reasonOf(result.error)}`);
        } else if (!hasFailed && isAway) tell('traces are taken again');
        isAway = hasFailed;
        // Told above: the SDK would write lines of its own.
        done({ code: 0 });
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

/** By its code where it has one: a message may be the collector's, and long. */
function reasonOf(error: (Error & { code?: unknown }) | undefined): string {
  const { code } = error ?? {};
  if (typeof code === 'number') return `the collector answers ${code}`;
  const reason = typeof code === 'string' ? code : (error?.message ?? 'no reason given');
  return reason.replaceAll(/\s+/g, ' ').slice(0, LONGEST_REASON);
}
