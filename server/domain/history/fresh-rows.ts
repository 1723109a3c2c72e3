/** Rows with words of callers in them, read again where they have waited: what was erased meanwhile is not told any more. */
import type { ExportBatch } from '../ports/history-store.js';

/** Rows of a batch at first and at most, and of what is handed on at a time. */
const FIRST = 20;
const MOST = 200;
const PIECE = 10;
/** How long a row may wait for whoever takes it. */
const FRESH_MS = 100;

/**
 * All rows that `read` answers from `cursor` on, `left` at most. Between two pieces that wait for their taker `check` is
 * called, which may throw.
 */
export async function* freshRows(
  read: (cursor: string | undefined, limit: number) => Promise<ExportBatch>,
  check: () => Promise<void>,
  cursor: string | undefined,
  left: number,
): AsyncGenerator<unknown[][], void, undefined> {
  for (let size = FIRST; ; size = Math.min(MOST, size * 2)) {
    const { rows, cursor: next, cursorAfter } = await read(cursor, Math.min(size, left));
    const readAt = performance.now();
    let taken = 0;
    do {
      const piece = rows.slice(taken, taken + PIECE);
      taken += piece.length;
      yield piece;
    } while (taken < rows.length && performance.now() - readAt < FRESH_MS);
    left -= taken;
    const isWhole = taken === rows.length;
    if (left <= 0 || (isWhole && next === null)) return;
    if (!isWhole) size = PIECE;
    cursor = isWhole ? (next ?? undefined) : cursorAfter(taken - 1);
    await check();
  }
}
