/** Where a page of a list ended, as a text that nobody else need understand. */

/** A position in a list: the value that it is sorted by, and the id that decides between equals. */
export interface Position {
  value: number;
  id: string;
  /** Of a list that has several, when it is not the usual one. */
  order?: string | undefined;
}

/** What a list is of: how its ids begin, and between what its values lie. */
export interface ListKind {
  prefix: string;
  from: number;
  to: number;
}

/** Milliseconds since 1970 of the last instant with a year of four digits. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The lists; a call without a duration sorts as -1. */
export const LISTS = {
  agents: { prefix: 'agent', from: 0, to: LAST_INSTANT },
  keys: { prefix: 'key', from: 0, to: LAST_INSTANT },
  calls: { prefix: 'call', from: -1, to: LAST_INSTANT },
  versions: { prefix: 'av', from: 1, to: 2_147_483_647 },
} as const satisfies Record<string, ListKind>;

/** The order of a list that names none. */
const USUAL_ORDER = 'created_at.desc';

const CURSOR = /^(-?\d{1,15})\|(([a-z]+)_\w{1,80})(?:\|([a-z_]+\.[a-z]+))?$/;

/** A text that leads nowhere in the list that was asked for. */
class CursorError extends Error {
  readonly code = 'validation_failed';

  constructor(fault: string) {
    super(`cursor: ${fault}`);
    this.name = 'CursorError';
  }
}

/** Makes it opaque. */
function encodeCursor({ value, id, order }: Position): string {
  const named = order === undefined || order === USUAL_ORDER ? '' : `|${order}`;
  return Buffer.from(`${value}|${id}${named}`).toString('base64url');
}

/** `null` without a cursor. Throws `CursorError` for one of another list, or of another order of this one. */
export function decodeCursor(
  text: string | undefined,
  list: ListKind,
  order = USUAL_ORDER,
): Position | null {
  if (text === undefined) return null;
  const plain = Buffer.from(text, 'base64url').toString('latin1');
  const [, value, id = '', prefix, named = USUAL_ORDER] = CURSOR.exec(plain) ?? [];
  const number = Number(value);
  if (prefix !== list.prefix || !(number >= list.from && number <= list.to)) {
    throw new CursorError('must be a next_cursor of this list');
  }
  if (named === order) return { value: number, id };
  const [by, direction] = named.split('.');
  throw new CursorError(
    `goes with sort_by=${by} and sort_order=${direction}, and with no other order`,
  );
}

/** Takes the row too many off the end and says whether there is more. */
export function pageOf<T>(
  found: T[],
  limit: number,
  position: (row: T) => Position,
): { rows: T[]; cursor: string | null } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, cursor: found.length > limit && last ? encodeCursor(position(last)) : null };
}
