/** Conditions that lists have in common; `undefined` where a list is not narrowed. */
import { and, eq, gte, inArray, lt, lte, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Position } from './cursor.js';

/** The text is one of these. */
export function isOneOf(
  column: AnyPgColumn,
  values: readonly string[] | undefined,
): SQL | undefined {
  return values && inArray(sql`${column}`, [...values]);
}

/** A span of time, both ends included. ISO 8601. */
interface Span {
  start_date?: string | undefined;
  end_date?: string | undefined;
}

/** The instant lies in the span. */
export function isWithin(
  column: AnyPgColumn,
  { start_date: from, end_date: to }: Span,
): SQL | undefined {
  return and(
    from ? gte(column, new Date(from)) : undefined,
    to ? lte(column, new Date(to)) : undefined,
  );
}

/** The row comes after that one in a list with the newest first. */
export function isOlder(
  { created_at, id }: { created_at: AnyPgColumn; id: AnyPgColumn },
  than: Position | null,
): SQL | undefined {
  if (!than) return undefined;
  const at = new Date(than.value);
  return or(lt(created_at, at), and(eq(created_at, at), lt(id, than.id)));
}
