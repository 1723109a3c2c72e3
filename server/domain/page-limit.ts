/** How long a page may be. */

/** A page as a route asks for it. */
export interface PageRequest {
  limit?: number;
  cursor?: string;
}

/** `limit` between 1 and 200, 20 when it is left out. */
export function pageLimit(page: PageRequest): { limit: number; cursor?: string | undefined } {
  return { limit: Math.min(200, Math.max(1, page.limit ?? 20)), cursor: page.cursor };
}
