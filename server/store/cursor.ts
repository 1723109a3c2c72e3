/** Where a page ended: the value that the list is sorted by, and the id that decides between equals. */

/** A position in a list. */
export interface Position {
  value: number;
  id: string;
  /** Of a list that has several, when it is not the usual one. */
  order?: string | undefined;
}

/** Makes it opaque. */
export function encodeCursor({ value, id, order }: Position): string {
  return Buffer.from(`${value}|${id}${order ? `|${order}` : ''}`).toString('base64url');
}

/** `null` for a text that is no cursor. */
export function decodeCursor(text: string | undefined): Position | null {
  if (text === undefined) return null;
  const [value, id] = Buffer.from(text, 'base64url').toString('latin1').split('|');
  const number = Number(value);
  return id && Number.isFinite(number) ? { value: number, id } : null;
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
