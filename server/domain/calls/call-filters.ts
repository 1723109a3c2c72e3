/** Filters of the history, as the platform names them; lists mean alternatives. */

/** Milliseconds for durations and latencies, ISO 8601 for dates. */
export interface CallFilters {
  agent_id?: string[];
  call_id?: string[];
  agent_version_id?: string[];
  agent_version_name?: string;
  type?: string[];
  call_direction?: string[];
  status?: string[];
  end_reason?: string[];
  sentiment?: string[];
  start_date?: string;
  end_date?: string;
  duration_min?: number;
  duration_max?: number;
  duration_greater_than?: number;
  duration_less_than?: number;
  latency_min?: number;
  latency_max?: number;
  sort_by?: 'created_at' | 'duration';
  sort_order?: 'asc' | 'desc';
  limit?: number;
  cursor?: string;
}
