/** What the domain asks of the database about many calls at once. */
import type { CallFilters, CallSelection } from '../calls/call-filters.js';
import type { ExportColumn } from '../history/export-columns.js';
import type { CallRow } from './rows.js';
import type { RowPage } from './store.js';

export type { CallFilters, CallSelection } from '../calls/call-filters.js';
export type { ExportColumn } from '../history/export-columns.js';

/** How many rows match; where these are many, the planner's estimate. */
export interface RowCount {
  total: number;
  is_exact: boolean;
}

/** Calls counted together: by `dimension` and `key`; the key of a time is its first moment. */
export interface CountedCalls {
  dimension: 'time' | 'version' | 'origin';
  key: string | null;
  status: string;
  end_reason: string | null;
  calls: number;
  duration_ms: number;
  cost: number | null;
}

/** Calls of one dimension and key by their latency, in steps of 2 %. */
export interface CountedLatencies extends Pick<CountedCalls, 'dimension' | 'key' | 'calls'> {
  latency_ms: number;
}

/** Calls of one dimension and key that have a finding. */
export interface CountedFindings extends Pick<CountedCalls, 'dimension' | 'key' | 'calls'> {
  code: string;
}

/** What statistics are made of. */
export interface CountedHistory {
  outcomes: CountedCalls[];
  latencies: CountedLatencies[];
  findings: CountedFindings[];
  /** Those that `outcomes` names. */
  versions: {
    id: string;
    agent_id: string;
    agent_name: string;
    number: number;
    title: string | null;
  }[];
}

/** By which steps of time calls are counted. */
export interface CountedBy {
  interval: 'hour' | 'day';
  /** IANA name, in which days and hours begin. */
  timeZone: string;
}

/** Rows of an export, with the values of the columns that were asked for, and the cursor of the next batch. */
export interface ExportBatch {
  rows: unknown[][];
  cursor: string | null;
  /** The cursor of what follows the row of that index. */
  cursorAfter(index: number): string;
}

/** The call history. */
export interface HistoryStore {
  /** Without the calls in advance. */
  listCalls(workspaceId: string, filters: CallFilters): Promise<RowPage<CallRow>>;
  /** How many calls the list has, all pages together. */
  countMatches(workspaceId: string, filters: CallSelection): Promise<RowCount>;
  /** One batch of an export, at most `limit` rows, with the cursor of the next. */
  exportCalls(
    workspaceId: string,
    filters: CallFilters & { limit: number },
    columns: readonly ExportColumn[],
  ): Promise<ExportBatch>;
  countHistory(workspaceId: string, filters: CallSelection, by: CountedBy): Promise<CountedHistory>;
}
