/** The filters of `backend.calls.list` and `all`. */
import type { CallStatus, EndReason } from '../wire/call-status.js';
import type { AnalysisStatus, CallSummary } from '../wire/call.js';
import type { PageQuery } from './every-row.js';

/** Filters of the call history: all that are given must match; one with several values matches any of them. */
export interface ListCallsFilter extends PageQuery {
  call_id?: string | string[];
  agent_id?: string | string[];
  agent_version_id?: string | string[];
  agent_version_name?: string;
  type?: CallSummary['type'] | CallSummary['type'][];
  call_direction?: CallSummary['call_direction'] | CallSummary['call_direction'][];
  status?: CallStatus | CallStatus[];
  end_reason?: EndReason | EndReason[];
  sentiment?: CallSummary['sentiment'] | CallSummary['sentiment'][];
  analysis?: AnalysisStatus | AnalysisStatus[];
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
  /** Default `created_at`. */
  sort_by?: 'created_at' | 'duration';
  /** Default `desc`: newest, or longest, first. */
  sort_order?: 'asc' | 'desc';
}
