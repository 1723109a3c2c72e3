/** What the address names: the list, or one call. */

/** `#/calls/call_…` or anything else. */
export type ConsoleRoute = { name: 'list' } | { name: 'call'; id: string };

/** Reads a fragment. */
export function readRoute(hash: string): ConsoleRoute {
  const id = /^#\/calls\/([\w-]+)$/.exec(hash)?.[1];
  return id ? { name: 'call', id } : { name: 'list' };
}

/** The address of a call. */
export function callAddress(id: string): string {
  return `#/calls/${id}`;
}
