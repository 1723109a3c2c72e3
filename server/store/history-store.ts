/** The call history: pages, exports and figures of many calls. */
import { countHistory, countMatches } from './call-statistics.js';
import { withVersionsOf } from './call-filter.js';
import { exportCalls } from './export-calls.js';
import { listCalls } from './list-calls.js';
import type { CallSelection, HistoryStore } from '../domain/ports/history-store.js';
import type { Database } from './database.js';

/** The queries of `HistoryStore` on a database. */
export function createHistoryStore(db: Database): HistoryStore {
  const named = <T extends CallSelection>(workspaceId: string, filters: T): Promise<T> =>
    withVersionsOf(db, workspaceId, filters);
  return {
    listCalls: async (workspaceId, filters) =>
      listCalls(db, workspaceId, await named(workspaceId, filters)),
    countMatches: async (workspaceId, filters) =>
      countMatches(db, workspaceId, await named(workspaceId, filters)),
    exportCalls: async (workspaceId, filters, columns) =>
      exportCalls(db, workspaceId, await named(workspaceId, filters), columns),
    countHistory: async (workspaceId, filters, by) =>
      countHistory(db, workspaceId, await named(workspaceId, filters), by),
  };
}
