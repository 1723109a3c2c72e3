/** Lists, page by page. */
import type { Page } from '../wire/call.js';

/** Which page of a list. */
export interface PageQuery {
  /** Rows of a page, 1–200. Default 50. */
  limit?: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}

/** Every row; the next page is asked for when the last row of one has been taken. */
export async function* everyRow<T, Q extends PageQuery>(
  query: Q,
  list: (query: Q) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  let page = await list(query);
  yield* page.data;
  while (page.next_cursor !== null) {
    page = await list({ ...query, cursor: page.next_cursor });
    yield* page.data;
  }
}
