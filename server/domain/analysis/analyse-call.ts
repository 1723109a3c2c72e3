/** The analysis of one call that has ended: asks the analyst, and keeps what it found. */
import { costOf, usageOf } from '../evidence/cost-of.js';
import { analysisSpans } from '../tracing/analysis-spans.js';
import { traceOf } from '../tracing/call-trace.js';
import { NOTHING_FOUND } from '../calls/show-analysis.js';
import { isoOrNull } from '../iso.js';
import type { AnalysisFound, AnalysisRequest } from '../ports/analyst.js';
import type { AnalysisChange, ClaimedWork } from '../ports/call-work.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { TurnRow, WholeCallRow } from '../ports/rows.js';
import type { PriceList } from '../evidence/price-list.js';
import { MAX_ATTEMPTS } from '../back-off.js';
import { CallWorkError } from './call-work-error.js';

/** Throws `CallWorkError` when the analyst failed and is to be asked again; the last time, that is all there is. A call without words has no analysis. */
export async function analyseCall(ports: DomainPorts, work: ClaimedWork): Promise<void> {
  const { store, analyst } = ports;
  const call = await store.findWholeCall(work.call_id);
  if (call?.analysis_status !== 'queued') return;
  const turns = await store.listTurns(call.id);
  if (!analyst || turns.length === 0 || call.sensitive_delete) {
    await store.keepAnalysis(work, { ...EMPTY, analysis_status: 'none' });
    return;
  }
  const request = await requestOf(ports, call, turns);
  const isLast = work.attempts >= MAX_ATTEMPTS;
  let found: AnalysisFound;
  const began = ports.clock.now();
  try {
    found = await analyst.analyse(request);
  } catch (cause) {
    traced(ports, work, began, null);
    const fault = CallWorkError.analysis(cause);
    await store.keepAnalysis(work, failedChange(call, fault.message, isLast));
    if (isLast) return;
    throw fault;
  }
  traced(ports, work, began, found);
  await store.keepAnalysis(work, changeOf(found, ports));
}

function traced(
  { tracer, clock }: DomainPorts,
  { call_id, attempts: number }: ClaimedWork,
  began: Date,
  found: AnalysisFound | null,
): void {
  const trace = traceOf(tracer, call_id);
  if (trace) tracer?.export(analysisSpans(trace, { began, ended: clock.now(), number, found }));
}

/** The work is given up: an analysis that is still awaited has failed, whatever it was that failed. */
export async function giveUpAnalysis(
  { store }: DomainPorts,
  work: ClaimedWork,
  error: string,
): Promise<void> {
  const call = await store.findWholeCall(work.call_id);
  if (call?.analysis_status !== 'queued') return;
  await store.keepAnalysis(work, failedChange(call, error, true));
}

/** What an earlier one found stays. */
function failedChange(call: WholeCallRow, error: string, isLast: boolean): AnalysisChange {
  return {
    analysis: { ...NOTHING_FOUND, ...call.analysis, error },
    analysis_status: isLast ? 'failed' : 'queued',
  };
}

const EMPTY = {
  analysis: null,
  summary: null,
  sentiment: 'unknown',
  json_output: null,
} satisfies AnalysisChange;

async function requestOf(
  { store }: DomainPorts,
  call: WholeCallRow,
  turns: readonly TurnRow[],
): Promise<AnalysisRequest> {
  const settings = await store.findSettings(call.settings_hash);
  return {
    turns: turns.map(({ turn_id: id, role, content, intent, interrupted, via, started_at }) => ({
      id,
      role,
      content,
      intent,
      interrupted,
      via,
      started_at,
    })),
    fields: settings?.post_call_analysis ?? [],
    language: settings?.language ?? 'en',
    dialogue: settings?.dialogue ?? null,
    timeZone: call.route.time_zone ?? 'UTC',
    endReason: call.end_reason,
    durationMs: call.duration_ms,
  };
}

function changeOf(
  found: AnalysisFound,
  { clock, prices }: Pick<DomainPorts, 'clock' | 'prices'>,
): AnalysisChange {
  const { summary, sentiment, ...analysis } = found;
  const values = Object.entries(found.fields).map(([name, { value }]) => [name, value] as const);
  return {
    analysis: {
      ...analysis,
      cost: costOfModel(found, prices ?? null),
      completed_at: isoOrNull(clock.now()),
      error: null,
    },
    analysis_status: 'completed',
    summary,
    sentiment,
    json_output: Object.fromEntries(values),
  };
}

function costOfModel(
  { model, usage }: AnalysisFound,
  prices: PriceList | null,
): ReturnType<typeof costOf> {
  if (!usage) return null;
  const used = { kind: 'llm', provider: 'openai_compatible', model, ...usage } as const;
  return costOf(usageOf([used]), prices);
}
