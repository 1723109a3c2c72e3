/** Reads lists page by page. */
import { RestError } from '../rest/core/rest-error.js';
import type { Page } from '../wire/call.js';

/** The page of a list. */
export interface PageQuery {
  /** Rows of a page, 1–200. Default 20. */
  limit?: number;
  /** `next_cursor` of the previous page. Default: the first page. */
  cursor?: string;
}

/**
 * All rows of a list. The next page is requested after the last row of the present one was taken. Rejects with
 * `unexpected_answer` when an answer is no page, or its cursor leads back to an earlier page.
 */
export async function* everyRow<T, Q extends PageQuery>(
  query: Q,
  list: (query: Q) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  const asked = new Set([query.cursor]);
  for (let next = query; ;) {
    const { data, next_cursor: cursor } = pageOf(await list(next));
    yield* data;
    if (cursor === null) return;
    if (asked.has(cursor)) throw unexpected('The pages of the list go round in a circle.');
    asked.add(cursor);
    next = { ...query, cursor };
  }
}

/** Checks that an answer is a page: another server may have answered. */
function pageOf<T>(page: Page<T>): Page<T> {
  const { data, next_cursor: next } = page as Record<keyof Page<T>, unknown>;
  const isPage = Array.isArray(data) && (next === null || (typeof next === 'string' && next));
  if (!isPage) throw unexpected('The answer is no page of a list.');
  return page;
}

function unexpected(message: string): RestError {
  return new RestError('unexpected_answer', message, { status: 200 });
}
