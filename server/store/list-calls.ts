/**
 * Finds the calls of a page. Wherever the rows that match lie, one of two ways is short: many that match are met soon on a
 * walk in the order of the list; few are picked by an index and sorted. A wrong guess which of them costs little: the walk
 * is bounded, and when it finds too little the index is asked.
 */
import { and, eq, sql } from 'drizzle-orm';
import { filterConditions, searchQuery, SORT_KEYS, spanConditions } from './call-filter.js';
import { CALL_COLUMNS } from './call-columns.js';
import { isWithin } from './conditions.js';
import { LISTS, decodeCursor, pageOf } from './cursor.js';
import { expectedRows } from './raw-rows.js';
import { callWords, calls } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type { CallFilters, CallSelection } from '../domain/ports/history-store.js';
import type { CallRow } from '../domain/ports/rows.js';
import type { RowPage } from '../domain/ports/store.js';
import type { Position } from './cursor.js';
import type { Database } from './database.js';

/** Rows of the first look, which finds what is common. */
const LOOK = 200;
/** Rows of the walk, and from how many expected rows on it is tried: of a million calls, both ways take the same there. */
const WALK = 4_000;

/** The order of a list, and where it goes on. */
export interface CallOrder {
  /** As cursors name it. */
  name: string;
  key: SQL;
  direction: SQL;
  /** The condition that a row comes after a position. */
  beyond(position: Position): SQL;
  position(row: CallRow): Position;
}

/** A page of calls in the order that the filters ask for. Throws a `CursorError`. */
export async function listCalls(
  db: Database,
  workspaceId: string,
  filters: CallFilters,
): Promise<RowPage<CallRow>> {
  const limit = filters.limit ?? 20;
  const order = callOrder(filters);
  const after = await positionOf(db, workspaceId, filters.cursor, order);
  const asked = { workspaceId, filters, order, after, limit: limit + 1 };
  const isNarrowed = filters.q !== undefined || filterConditions(filters) !== undefined;
  let found = await rowsOf(db, asked, walk(asked, isNarrowed ? LOOK : limit + 1));
  if (isNarrowed && found.length <= limit && (await isCommon(db, asked))) {
    found = await rowsOf(db, asked, walk(asked, WALK));
  }
  if (isNarrowed && found.length <= limit) found = await rowsOf(db, asked, pick(asked));
  return pageOf<CallRow>(found, limit, order.position);
}

/** Whether so many calls match, as far as the planner knows, that a walk meets them soon. */
async function isCommon(db: Database, { workspaceId, filters }: Asked): Promise<boolean> {
  const { q } = filters;
  const query =
    q === undefined
      ? sql`select 1 from call_list where ${and(spanConditions(workspaceId, filters), filterConditions(filters))}`
      : sql`select 1 from call_words where ${saidConditions(workspaceId, filters, q)}`;
  return (await expectedRows(db, query)) > WALK;
}

/** What a page is asked for. */
interface Asked {
  workspaceId: string;
  filters: CallSelection;
  order: CallOrder;
  after: Position | null;
  limit: number;
}

function rowsOf(db: Database, { order }: Asked, picked: SQL): Promise<CallRow[]> {
  const { direction } = order;
  return db
    .select(CALL_COLUMNS)
    .from(calls)
    .innerJoin(sql`(${picked}) as picked`, sql`picked.id = ${calls.id}`)
    .orderBy(sql`picked.place ${direction}, picked.id ${direction}`);
}

/** The first ids in order, with what they are sorted by. */
function inOrder({ order, limit }: Asked, from: SQL, where: SQL | undefined, key = order.key): SQL {
  const { direction } = order;
  return sql`select id, ${key} as place from ${from} where ${where ?? sql`true`} order by ${key} ${direction}, id ${direction} limit ${limit}`;
}

function walk(asked: Asked, rows: number): SQL {
  const { workspaceId, filters, order, after } = asked;
  const { key, direction } = order;
  const where = and(spanConditions(workspaceId, filters), after ? order.beyond(after) : undefined);
  const walked = sql`(select *, ${key} as place from call_list where ${where} order by ${key} ${direction}, id ${direction} limit ${rows}) as call_list`;
  // As a value and no join: it is looked at row by row until there are enough.
  const said =
    filters.q === undefined
      ? undefined
      : sql`(select words @@ ${searchQuery(filters.q)} from call_words where call_id = call_list.id)`;
  return inOrder(asked, walked, and(filterConditions(filters), said), sql`place`);
}

function pick(asked: Asked): SQL {
  const { workspaceId, filters, order, after } = asked;
  const conditions = and(
    spanConditions(workspaceId, filters),
    filterConditions(filters),
    after ? order.beyond(after) : undefined,
  );
  if (filters.q === undefined) {
    const found = sql`select * from call_list where ${conditions}`;
    return sql`with call_list as materialized (${found}) ${inOrder(asked, sql`call_list`, undefined)}`;
  }
  const said = sql`select call_id as id, created_at from call_words where ${and(saidConditions(workspaceId, filters, filters.q))}`;
  const isWhole = order.key === SORT_KEYS.created_at && filterConditions(filters) === undefined;
  const rest = after ? order.beyond(after) : undefined;
  return isWhole
    ? sql`with call_list as materialized (${said}) ${inOrder(asked, sql`call_list`, rest)}`
    : sql`with said as materialized (${said}) ${inOrder(asked, sql`call_list`, and(sql`id in (select id from said)`, conditions))}`;
}

/** Calls in which was said what is searched for. */
export function saidConditions(
  workspaceId: string,
  filters: CallSelection,
  q: string,
): SQL | undefined {
  return and(
    eq(callWords.workspace_id, workspaceId),
    isWithin(callWords.created_at, filters),
    sql`${callWords.words} @@ ${searchQuery(q)}`,
  );
}

/** The sort order of the list. */
export function callOrder(filters: CallFilters): CallOrder {
  const { sort_by: by = 'created_at', sort_order: towards = 'desc' } = filters;
  const name = `${by}.${towards}`;
  const key = SORT_KEYS[by];
  const past = sql.raw(towards === 'asc' ? '>' : '<');
  const valueAt = ({ value }: Position): SQL =>
    ({
      created_at: sql`${new Date(value).toISOString()}::timestamptz`,
      duration: sql`${value}::bigint`,
      latency: sql`${value}::float8`,
      cost: sql`${value}::float8`,
    })[by];
  const valueOf = (row: CallRow): number =>
    ({
      created_at: row.created_at.getTime(),
      duration: row.duration_ms ?? -1,
      latency: row.latency_ms ?? -1,
      cost: row.cost ?? -1,
    })[by];
  return {
    name,
    key,
    direction: sql.raw(towards),
    // As one comparison of rows, which an index can begin at.
    beyond: (position) => sql`(${key}, id) ${past} (${valueAt(position)}, ${position.id})`,
    position: (row) => ({ value: valueOf(row), id: row.id, order: name }),
  };
}

/** Where a list goes on: after the position of a cursor, or after a call that is named by its id. */
export async function positionOf(
  db: Database,
  workspaceId: string,
  cursor: string | undefined,
  order: CallOrder,
): Promise<Position | null> {
  if (!cursor?.startsWith('call_')) return decodeCursor(cursor, LISTS.calls, order.name);
  const [row] = await db
    .select(CALL_COLUMNS)
    .from(calls)
    .where(and(eq(calls.id, cursor), eq(calls.workspace_id, workspaceId)));
  // Nothing that a cursor of this list could be.
  if (!row) return decodeCursor('', LISTS.calls, order.name);
  return order.position(row);
}
