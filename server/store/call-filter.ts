/** SQL of the call history: its filters as conditions on `call_list`. */
import { and, eq, ilike, sql } from 'drizzle-orm';
import { isOneOf, isWithin } from './conditions.js';
import { agents, agentVersions, callList, calls } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type { CallSelection } from '../domain/ports/history-store.js';
import type { Database } from './database.js';

/** Filters that ask for equality: they are found by one index of facets, `name:value`. */
const EQUAL = [
  'type',
  'call_direction',
  'entry_point',
  'status',
  'end_reason',
  'agent_id',
  'agent_version_id',
  'origin',
  'sentiment',
] as const;

/** Text for text the expression of the index `call_history_facets`. */
const FACETS = sql.raw(
  `(ARRAY[${EQUAL.map((name) => `'${name}:' || ${name}`).join(', ')}] || findings || labels)`,
);

/** SQL of `isInAdvance` in the domain: a call of LiveKit's token endpoint that nobody has joined yet. */
export const IS_IN_ADVANCE = sql`(${calls.started_at} is null and ${calls.ended_at} is null and ${calls.route}->>'entry_point' = 'livekit_token')`;

/**
 * The filters with the versions of a name in place of the name: a published title never changes, and how many calls a version has
 * is something the planner knows of a constant only.
 */
export async function withVersionsOf<T extends CallSelection>(
  db: Database,
  workspaceId: string,
  filters: T,
): Promise<T> {
  const { agent_version_name: name, agent_version_id: ids } = filters;
  if (name === undefined) return filters;
  const pattern = `%${name.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const found = await db
    .select({ id: agentVersions.id })
    .from(agentVersions)
    .innerJoin(agents, eq(agents.id, agentVersions.agent_id))
    .where(and(eq(agents.workspace_id, workspaceId), ilike(agentVersions.version_title, pattern)));
  const named = found.map(({ id }) => id).filter((id) => ids?.includes(id) ?? true);
  return Object.assign({}, filters, { agent_version_name: undefined, agent_version_id: named });
}

/** What numbers are compared and sorted by. A call without one sorts below all others. */
export const SORT_KEYS = {
  created_at: sql`created_at`,
  duration: sql`(coalesce(duration_ms, -1))`,
  latency: sql`(coalesce(latency_ms, -1))`,
  cost: sql`(coalesce(cost, -1))`,
} as const;

/** The workspace, and the span in which the calls were created: what every index of the history begins with. */
export function spanConditions(workspaceId: string, filters: CallSelection): SQL | undefined {
  return and(eq(callList.workspace_id, workspaceId), isWithin(callList.created_at, filters));
}

/** Every other filter but `q`, names of versions resolved; `undefined` without one. */
export function filterConditions(filters: CallSelection): SQL | undefined {
  const { duration, latency, cost } = SORT_KEYS;
  return and(
    isOneOf(callList.id, filters.call_id),
    ...facetConditions(filters),
    analysed(filters.analysis),
    atLeast(duration, '>=', filters.duration_min),
    atMost(duration, '<=', filters.duration_max),
    atLeast(duration, '>', filters.duration_greater_than),
    atMost(duration, '<', filters.duration_less_than),
    atLeast(latency, '>=', filters.latency_min),
    atMost(latency, '<=', filters.latency_max),
    atLeast(cost, '>=', filters.cost_min),
    atMost(cost, '<=', filters.cost_max),
  );
}

function facetConditions(filters: CallSelection): SQL[] {
  const sets = EQUAL.map((name) => filters[name]?.map((value) => `${name}:${value}`));
  const labels = Object.entries(filters.metadata ?? {}).map(([key, value]) => [`${key}=${value}`]);
  return [...sets, filters.finding, ...labels].flatMap((facets) =>
    facets ? [sql`${FACETS} && ${textArray(facets)}`] : [],
  );
}

/** What an index of `calls` holds: few calls wait to be analysed, or could not be. */
const INDEXED: readonly string[] = ['queued', 'failed'];

/**
 * Not in the history's own rows. Few ids are handed to both parts of the list as a value, which each looks up in its index; a
 * join would read all open calls again for each of them.
 */
function analysed(statuses: string[] | undefined): SQL | undefined {
  if (!statuses) return undefined;
  const ids = sql`select ${calls.id} from ${calls} where ${calls.analysis_status} = any(${textArray(statuses)})`;
  const areFew = statuses.every((status) => INDEXED.includes(status));
  return areFew ? sql`${callList.id} = any(array(${ids}))` : sql`${callList.id} in (${ids})`;
}

function atLeast(key: SQL, comparison: '>' | '>=', value: number | undefined): SQL | undefined {
  return value === undefined ? undefined : sql`${key} ${sql.raw(comparison)} ${value}`;
}

function atMost(key: SQL, comparison: '<' | '<=', value: number | undefined): SQL | undefined {
  return value === undefined
    ? undefined
    : sql`${key} ${sql.raw(comparison)} ${value} and ${key} >= 0`;
}

/** One parameter, however many values. */
function textArray(values: readonly string[]): SQL {
  return sql`${sql.param(values)}::text[]`;
}

/** What web searches take: words, "phrases", `or`, and `-` before what must not be there. */
export function searchQuery(q: string): SQL {
  return sql`websearch_to_tsquery('simple', fold_text(${q}))`;
}
