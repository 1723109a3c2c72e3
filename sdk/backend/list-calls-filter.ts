/** Which calls a list holds. */
import type { CallStatus, EndReason } from '../wire/call-status.js';
import type { CallSummary } from '../wire/call.js';
import type { PageQuery } from './every-row.js';

/** Several values of one filter are an "or", several filters an "and". */
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
  /** ISO 8601: created at this moment or later. */
  start_date?: string;
  /** ISO 8601: created at this moment or earlier. */
  end_date?: string;
  /** Milliseconds. */
  duration_min?: number;
  duration_max?: number;
  duration_greater_than?: number;
  duration_less_than?: number;
  latency_min?: number;
  latency_max?: number;
  /** Default `created_at`. */
  sort_by?: 'created_at' | 'duration';
  /** Default `desc`. */
  sort_order?: 'asc' | 'desc';
}
