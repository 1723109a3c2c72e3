/** What the trace of a call says of its analysis, by the GenAI conventions where a language model made it. Pure, but for new ids. */
import type { AnalysisFound } from '../ports/analyst.js';
import type { SpanRecord } from '../ports/tracer.js';
import { newSpanId } from './call-trace.js';
import type { CallTrace } from './call-trace.js';

/** One attempt. `found`: `null` where it failed, which only a model does. */
export interface AnalysisAttempt {
  began: Date;
  ended: Date;
  number: number;
  found: Pick<AnalysisFound, 'method' | 'model' | 'usage'> | null;
}

/** The analysis, and below it the request to the model, where it is known. */
export function analysisSpans(
  { traceId, rootSpanId }: CallTrace,
  { began, ended, number, found }: AnalysisAttempt,
): SpanRecord[] {
  const times = { trace_id: traceId, started_at: began, ended_at: ended };
  const analysis: SpanRecord = {
    ...times,
    span_id: newSpanId(),
    parent_span_id: rootSpanId,
    name: 'analysis',
    kind: 'internal',
    attributes: {
      'dialnexa.analysis.method': found?.method ?? 'model',
      'dialnexa.analysis.attempt': number,
    },
    error: found ? null : 'analysis_failed',
  };
  if (!found?.model) return [analysis];
  const chat: SpanRecord = {
    ...times,
    span_id: newSpanId(),
    parent_span_id: analysis.span_id,
    name: `chat ${found.model}`,
    kind: 'client',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai_compatible',
      'gen_ai.request.model': found.model,
      'gen_ai.output.type': 'json',
      'gen_ai.usage.input_tokens': found.usage?.input_tokens ?? null,
      'gen_ai.usage.output_tokens': found.usage?.output_tokens ?? null,
    },
    error: null,
  };
  return [analysis, chat];
}
