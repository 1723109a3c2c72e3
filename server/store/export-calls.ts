/** Reads a batch of an export: as many rows as fit, after the last one of the batch before. */
import { and, eq, sql } from 'drizzle-orm';
import { selected } from './call-statistics.js';
import { encodeCursor } from './cursor.js';
import { callOrder, positionOf } from './list-calls.js';
import { rawRows } from './raw-rows.js';
import { calls } from './schema.js';
import { SPEAKER } from './turn-columns.js';
import type { SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { CallFilters, ExportBatch, ExportColumn } from '../domain/ports/history-store.js';
import type { Database } from './database.js';

/** The batch; its rows are in the order that the filters ask for. Throws a `CursorError`. */
export async function exportCalls(
  db: Database,
  workspaceId: string,
  filters: CallFilters & { limit: number },
  columns: readonly ExportColumn[],
): Promise<ExportBatch> {
  const { limit } = filters;
  const order = callOrder(filters);
  const { key, direction } = order;
  const after = await positionOf(db, workspaceId, filters.cursor, order);
  const where = and(selected(workspaceId, filters), after ? order.beyond(after) : undefined);
  const picked = sql`select id, ${key} as place from call_list where ${where} order by ${key} ${direction}, id ${direction} limit ${limit + 1}`;
  const values = columns.map((column, n) => sql`${valueOf(column)} as ${sql.raw(`v${n}`)}`);
  const all = sql.join(
    [...values, sql`picked.id as last_id`, sql`${placeText(order.name)} as last_place`],
    sql`, `,
  );
  const rows = await rawRows<Record<string, unknown>>(
    db,
    sql`select ${all} from (${picked}) as picked join calls on ${eq(calls.id, sql`picked.id`)} order by picked.place ${direction}, picked.id ${direction}`,
  );
  const kept = rows.slice(0, limit);
  const cursorAfter = (index: number): string =>
    encodeCursor({
      value: Number(kept[index]?.['last_place']),
      id: String(kept[index]?.['last_id']),
      order: order.name,
    });
  return {
    rows: kept.map((row) =>
      columns.map(({ name }, n) => (name.endsWith('_at') ? isoOf(row[`v${n}`]) : row[`v${n}`])),
    ),
    cursor: rows.length > limit && kept.length > 0 ? cursorAfter(kept.length - 1) : null,
    cursorAfter,
  };
}

function placeText(order: string): SQL {
  return order.startsWith('created_at')
    ? sql`(extract(epoch from picked.place) * 1000)::bigint`
    : sql`picked.place`;
}

function valueOf({ name, member }: ExportColumn): SQL {
  switch (name) {
    case 'created_at':
    case 'started_at':
    case 'answered_at':
    case 'ended_at':
      return utcText(calls[name]);
    case 'duration_ms':
      return sql`${calls.duration_ms}::float8`;
    case 'origin':
    case 'page_url':
    case 'locale':
    case 'api_key_id':
      return sql`${calls.route}->>${sql.raw(`'${name}'`)}`;
    case 'transcript':
      return sql`(select string_agg(${SPEAKER} || ': ' || content, e'\n' order by turns.started_at, position) from turns where call_id = calls.id)`;
    case 'json_output':
    case 'metadata':
    case 'variables':
    case 'consent':
      return member === undefined ? sql`${calls[name]}` : sql`${calls[name]}->${member}::text`;
    default:
      return sql`${calls[name]}`;
  }
}

/** As PostgreSQL writes it soonest; `isoOf` does the rest. */
function utcText(column: AnyPgColumn): SQL {
  return sql`(${column} at time zone 'UTC')::text`;
}

/** `2026-11-23 10:00:00.5` with milliseconds and its zone. */
function isoOf(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  const fraction = text.slice(20).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}
