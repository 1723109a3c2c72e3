/** The filters of `backend.calls.list`, `all`, `export` and `statistics`. */
import type { CallStatus, EndReason } from '../wire/call-status.js';
import type { AnalysisStatus, CallSummary } from '../wire/call.js';
import type { PageQuery } from './every-row.js';

/** Filters of the call history: all that are given must match; one with several values matches any of them. */
export interface CallSelection {
  call_id?: string | string[];
  agent_id?: string | string[];
  agent_version_id?: string | string[];
  agent_version_name?: string;
  type?: CallSummary['type'] | CallSummary['type'][];
  call_direction?: CallSummary['call_direction'] | CallSummary['call_direction'][];
  entry_point?: CallSummary['entry_point'] | CallSummary['entry_point'][];
  status?: CallStatus | CallStatus[];
  end_reason?: EndReason | EndReason[];
  sentiment?: CallSummary['sentiment'] | CallSummary['sentiment'][];
  analysis?: AnalysisStatus | AnalysisStatus[];
  /** Codes of findings, e.g. `slow_answer`. */
  finding?: string | string[];
  /** Origins of pages, e.g. `https://shop.example`. */
  origin?: string | string[];
  /** Words that were said: all of them, `"a phrase"`, `or`, and `-` before what must not be there. */
  q?: string;
  /** A text, number or boolean of the metadata, e.g. `'metadata.plan': 'pro'`. */
  [label: `metadata.${string}`]: string | undefined;
  /** Created at this time or later. ISO 8601. */
  start_date?: string;
  /** Created at this time or earlier. ISO 8601. */
  end_date?: string;
  /** Shortest duration in ms; the other durations and latencies are in ms too. */
  duration_min?: number;
  duration_max?: number;
  duration_greater_than?: number;
  duration_less_than?: number;
  latency_min?: number;
  latency_max?: number;
  cost_min?: number;
  cost_max?: number;
}

/** The order of the call history. */
export interface CallOrder {
  /** Default `created_at`. */
  sort_by?: 'created_at' | 'duration' | 'latency' | 'cost';
  /** Default `desc`: newest, or longest, first. */
  sort_order?: 'asc' | 'desc';
}

/** A page of the call history. */
export interface ListCallsFilter extends CallSelection, CallOrder, PageQuery {
  /** Whether the answer has `total`, which takes longer. Default `false`. */
  count?: boolean;
}
