/** How long a page may be. */

/** A page as a route asks for it. */
export interface PageRequest {
  limit?: number;
  cursor?: string;
}

/** Rows of a page where nobody says how many. */
export const DEFAULT_LIMIT = 20;

/** `limit` between 1 and 200, `DEFAULT_LIMIT` when it is left out. */
export function pageLimit(page: PageRequest): { limit: number; cursor?: string | undefined } {
  return { limit: Math.min(200, Math.max(1, page.limit ?? DEFAULT_LIMIT)), cursor: page.cursor };
}
