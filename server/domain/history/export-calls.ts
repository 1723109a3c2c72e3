/** Exports calls, any number of them: batch after batch, so that little is held at a time. */
import { areLong, columnText, holdWords } from './export-columns.js';
import { freshRows } from './fresh-rows.js';
import type { CallFilters } from '../calls/call-filters.js';
import { noteReading } from '../audit/audit.js';
import { checkStillGood } from '../keys/authenticate.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { ExportColumn } from './export-columns.js';

/** Rows of a batch; of the first one, so that the answer begins soon; of one with transcripts and the like. */
const BATCH = 2_000;
const FIRST_BATCH = 200;
const LONG_BATCH = 200;

/**
 * The values of the columns, row by row, in batches; `limit` bounds all rows together. The next batch is asked for while
 * this one is taken, and none after the taker has gone; of words of callers none that was erased a moment before. Breaks
 * off when the key is revoked meanwhile.
 */
export async function* exportCalls(
  ports: DomainPorts,
  principal: Principal,
  { limit = Infinity, ...filters }: CallFilters,
  columns: readonly ExportColumn[],
): AsyncGenerator<unknown[][], void, undefined> {
  const detail = { columns: columns.map(columnText) };
  await noteReading(ports, principal, 'calls_exported', null, detail);
  const read = (cursor: string | undefined, rows: number) => {
    const from = cursor === undefined ? {} : { cursor };
    const wanted = { ...filters, ...from, limit: rows };
    return ports.store.exportCalls(principal.workspaceId, wanted, columns);
  };
  if (holdWords(columns)) {
    const check = () => checkStillGood(ports, principal);
    yield* freshRows(read, check, filters.cursor, limit);
    return;
  }
  const most = areLong(columns) ? LONG_BATCH : BATCH;
  let left = limit;
  const ask = (cursor: string | undefined, size: number) => {
    const rows = Math.min(size, left);
    left -= rows;
    const batch = read(cursor, rows);
    // It may fail before anybody waits for it.
    batch.catch(() => undefined);
    return batch;
  };
  for (let batch = ask(filters.cursor, Math.min(FIRST_BATCH, most)); ;) {
    const { rows, cursor } = await batch;
    const isLast = cursor === null || left <= 0;
    if (!isLast) batch = ask(cursor, most);
    yield rows;
    if (isLast) return;
    await checkStillGood(ports, principal);
  }
}
