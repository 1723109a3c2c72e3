/** Cursors of paged lists: the position of the last row of a page, as an opaque text that only the store reads. */

/**
 * A position in a list: the value that it is sorted by (a time, duration or latency in ms, a cost, or a version number),
 * and the id.
 */
export interface Position {
  value: number;
  id: string;
  /** The order of the list, e.g. `duration.asc`. Default `created_at.desc`. */
  order?: string | undefined;
}

/** A list: the prefix of its ids, and the range of its sort values, both ends included. */
export interface ListKind {
  prefix: string;
  from: number;
  to: number;
}

/** Milliseconds since 1970 of the last instant with a year of four digits. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Every paged list. Calls without a duration, latency or cost sort as -1. */
export const LISTS = {
  agents: { prefix: 'agent', from: 0, to: LAST_INSTANT },
  keys: { prefix: 'key', from: 0, to: LAST_INSTANT },
  webhooks: { prefix: 'wh', from: 0, to: LAST_INSTANT },
  /** By their position. */
  deliveries: { prefix: 'del', from: 1, to: Number.MAX_SAFE_INTEGER },
  audit: { prefix: 'aud', from: 1, to: Number.MAX_SAFE_INTEGER },
  calls: { prefix: 'call', from: -1, to: LAST_INSTANT },
  versions: { prefix: 'av', from: 1, to: 2_147_483_647 },
} as const satisfies Record<string, ListKind>;

/** The order of a list that has only one, and of the call history by default. */
const DEFAULT_ORDER = 'created_at.desc';

/** What sorts by these may have a fraction; times, durations and positions have none. */
const FRACTIONS = ['latency', 'cost'];

const CURSOR =
  /^(-?\d{1,15}(?:\.\d{1,25})?(?:e-\d{1,3})?)\|(([a-z]+)_\w{1,80})(?:\|([a-z_]+\.[a-z]+))?$/;

/** The cursor is none of this list. The HTTP layer answers it as `validation_failed`. */
class CursorError extends Error {
  readonly code = 'validation_failed';

  constructor(fault: string) {
    super(`cursor: ${fault}`);
    this.name = 'CursorError';
  }
}

/** The position as base64url of `value|id`, or `value|id|order` when the order is not the default. */
export function encodeCursor({ value, id, order }: Position): string {
  const named = order === undefined || order === DEFAULT_ORDER ? '' : `|${order}`;
  return Buffer.from(`${value}|${id}${named}`).toString('base64url');
}

/**
 * The position of a cursor, or `null` without one. Throws `CursorError` for a cursor of another list or another order.
 */
export function decodeCursor(
  text: string | undefined,
  list: ListKind,
  order = DEFAULT_ORDER,
): Position | null {
  if (text === undefined) return null;
  const plain = Buffer.from(text, 'base64url').toString('latin1');
  const [, value, id = '', prefix, named = DEFAULT_ORDER] = CURSOR.exec(plain) ?? [];
  const number = Number(value);
  const isWhole = Number.isSafeInteger(number) || FRACTIONS.includes(named.split('.')[0] ?? '');
  if (prefix !== list.prefix || !isWhole || !(number >= list.from && number <= list.to)) {
    throw new CursorError('must be a next_cursor of this list');
  }
  if (named === order) return { value: number, id };
  const [by, direction] = named.split('.');
  throw new CursorError(
    `goes with sort_by=${by} and sort_order=${direction}, and with no other order`,
  );
}

/**
 * A page of rows with its cursor. `found` holds `limit` + 1 rows when there is a next page; the last one is dropped.
 */
export function pageOf<T>(
  found: T[],
  limit: number,
  position: (row: T) => Position,
): { rows: T[]; cursor: string | null } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, cursor: found.length > limit && last ? encodeCursor(position(last)) : null };
}
