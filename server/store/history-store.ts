/** The call history: pages, exports and figures of many calls. */
import { countHistory, countMatches } from './call-statistics.js';
import { exportCalls } from './export-calls.js';
import { listCalls } from './list-calls.js';
import type { HistoryStore } from '../domain/ports/history-store.js';
import type { Database } from './database.js';

/** The queries of `HistoryStore` on a database. */
export function createHistoryStore(db: Database): HistoryStore {
  return {
    listCalls: (workspaceId, filters) => listCalls(db, workspaceId, filters),
    countMatches: (workspaceId, filters) => countMatches(db, workspaceId, filters),
    exportCalls: (workspaceId, filters, columns) => exportCalls(db, workspaceId, filters, columns),
    countHistory: (workspaceId, filters, by) => countHistory(db, workspaceId, filters, by),
  };
}
