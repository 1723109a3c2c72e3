/** Filters of the history, as the platform names them; lists mean alternatives. */

/** What the list may be sorted by. */
export type CallSortField = 'created_at' | 'duration' | 'latency' | 'cost';

/** Which calls: every filter that is given must match. Milliseconds for durations and latencies, ISO 8601 for dates. */
export interface CallSelection {
  agent_id?: string[];
  call_id?: string[];
  agent_version_id?: string[];
  /** Part of the title of the version. */
  agent_version_name?: string;
  type?: string[];
  call_direction?: string[];
  entry_point?: string[];
  status?: string[];
  end_reason?: string[];
  sentiment?: string[];
  finding?: string[];
  origin?: string[];
  /** Members of the metadata, by name, and the text of their values. */
  metadata?: Record<string, string>;
  /** Words that were said, as web searches take them. */
  q?: string;
  analysis?: string[];
  start_date?: string;
  end_date?: string;
  duration_min?: number;
  duration_max?: number;
  duration_greater_than?: number;
  duration_less_than?: number;
  latency_min?: number;
  latency_max?: number;
  cost_min?: number;
  cost_max?: number;
}

/** A selection in an order, from a position on. */
export interface CallFilters extends CallSelection {
  sort_by?: CallSortField;
  sort_order?: 'asc' | 'desc';
  limit?: number;
  /** Of the page before, or the id of the last call that was read. */
  cursor?: string;
}
