/**
 * Begins a call with two statements: what it is made of is read, and the call is inserted after the limits on calls were checked. Both are
 * functions of the database (migration `0014_begin_call`), whose plans are kept: planning took longer than all the rest.
 */
import { eq, sql } from 'drizzle-orm';
import { rawRows } from './raw-rows.js';
import { apiKeys, workspaces } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type { CallRow, TimelineRow, WholeCallRow } from '../domain/ports/rows.js';
import type {
  CallBasis,
  CallCeilings,
  CallHolder,
  CallOccupancy,
  WantedVersion,
} from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Hashes of the caller's network address and browser, by which open calls of one caller are counted. */
type Marks = Pick<Required<CallRow['route']>, 'address' | 'visitor'>;

/** The type `call_occupancy`; all of it is null where there is nothing to tell. */
type OccupancyRow = CallOccupancy['open'] &
  Pick<CallOccupancy['used'], 'calls' | 'talk_ms'> & {
    first_of_hour: string | null;
    first_of_day: string | null;
  };

/** See `CallStore.findCallBasis`. */
export async function findCallBasis(
  db: Database,
  workspaceId: string,
  keyId: string | null,
  wanted: WantedVersion,
): Promise<CallBasis> {
  const [agent, number, version] =
    'versionId' in wanted
      ? [null, null, wanted.versionId]
      : [wanted.agentId, wanted.number ?? null, null];
  const [row] = await rawRows<{ basis: CallBasis }>(
    db,
    sql`select call_basis(${workspaceId}, ${keyId}, ${agent}, ${number}::integer, ${version}) as basis`,
  );
  if (!row) throw new Error('a function answered no row');
  return row.basis;
}

/**
 * Inserts the call and its timeline, unless one of the ceilings is reached: then inserts nothing and answers what was
 * counted. `former` holds marks that the same caller had before.
 */
export async function insertCall(
  db: Database,
  call: WholeCallRow,
  rows: TimelineRow[],
  ceilings: CallCeilings,
  former: Partial<Marks> = {},
): Promise<CallOccupancy | null> {
  const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`;
  const [found] = await rawRows<OccupancyRow | { total: null }>(
    db,
    sql`select * from begin_call(${json(call)}, ${json(rows)}, ${json(ceilings)}, ${former.address ?? null}, ${former.visitor ?? null})`,
  );
  if (!found) throw new Error('a function answered no row');
  return found.total === null ? null : occupancyOf(found);
}

/** Locks the workspace until the transaction ends, and counts its open calls and what the call's key has used. */
export async function holdAndCount(
  tx: Database,
  call: CallRow,
): Promise<CallOccupancy & CallHolder> {
  const { api_key_id: keyId, address, visitor } = call.route;
  const of = (mark: string | undefined): SQL => sql`array[${mark ?? null}]::text[]`;
  const at = call.created_at.toISOString();
  const [held] = await tx
    .select({ workspace: workspaces, key: apiKeys })
    .from(workspaces)
    .leftJoin(apiKeys, eq(apiKeys.id, keyId ?? ''))
    .where(eq(workspaces.id, call.workspace_id));
  const { workspace = null, key = null } = held ?? {};
  const countsHour = key?.calls_per_hour != null;
  const [counted] = await rawRows<OccupancyRow>(
    tx,
    sql`select * from hold_and_count(${call.workspace_id}, ${keyId}, ${of(address)}, ${of(visitor)}, ${at}::timestamptz, ${countsHour})`,
  );
  if (!counted) throw new Error('a function answered no row');
  return { workspace, key, ...occupancyOf(counted) };
}

function occupancyOf(row: OccupancyRow): CallOccupancy {
  const { total, of_address, of_visitor, waiting, calls, talk_ms } = row;
  const momentOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return {
    open: { total, of_address, of_visitor, waiting },
    used: {
      calls,
      first_of_hour: momentOf(row.first_of_hour),
      talk_ms,
      first_of_day: momentOf(row.first_of_day),
    },
  };
}
