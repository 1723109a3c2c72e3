/** Rate limits that hold across all server processes: requests are counted in the database. */
import { sql } from 'drizzle-orm';
import { rateWindows } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type { RateStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** The query of `RateStore` on a database. */
export function createRateStore(db: Database): RateStore {
  return {
    async countRequests(bucket, wanted, rule) {
      const { limit, windowSec } = rule;
      const spanMs = windowSec * 1_000;
      const started = sql`(floor(${nowMs} / ${spanMs}) * ${spanMs})::bigint`;
      const first = Math.min(wanted, limit);
      const [row] = await db
        .insert(rateWindows)
        .values({ bucket, started_at: started, current: first, previous: 0, granted: first })
        .onConflictDoUpdate({ target: rateWindows.bucket, set: counted(wanted, limit, spanMs) })
        .returning({
          startedAt: rateWindows.started_at,
          current: rateWindows.current,
          previous: rateWindows.previous,
          granted: rateWindows.granted,
          now: sql<number>`${nowMs}::float8`,
          // No request waits for the disk: what a crash of the database loses of this is half a second's counts.
          unsynced: sql`set_config('synchronous_commit', 'off', true)`,
        });
      if (!row) throw new Error('the upsert answered no row');
      const share = 1 - Math.min(1, Math.max(0, (row.now - row.startedAt) / spanMs));
      const used = row.current + row.previous * share;
      return {
        granted: row.granted,
        remaining: Math.max(0, Math.floor(limit - used)),
        resetSec: Math.max(1, Math.ceil((row.startedAt + spanMs - row.now) / 1_000)),
      };
    },
  };
}

const nowMs = sql.raw('(extract(epoch from now()) * 1000)');

/** The update of a window: a sliding window of two counters, as in memory. Refused requests are not counted. */
function counted(wanted: number, limit: number, spanMs: number): Record<string, SQL> {
  const { started_at: at, current: now, previous: before } = rateWindows;
  // A statement that waited for the row may be older than the window in it.
  const start = sql`greatest(${at}, excluded.started_at)`;
  const isSame = sql`${at} >= excluded.started_at`;
  const current = sql`(case when ${isSame} then ${now} else 0 end)`;
  const previous = sql`(case when ${isSame} then ${before} when ${at} = excluded.started_at - ${spanMs} then ${now} else 0 end)`;
  const share = sql`(1 - least(1, greatest(0, (${nowMs} - ${start}) / ${spanMs})))`;
  const left = sql`floor(${limit} - ${current} - ${previous} * ${share})::int`;
  const granted = sql`greatest(0, least(${wanted}::int, ${left}))`;
  return {
    started_at: start,
    current: sql`${current} + ${granted}`,
    previous,
    granted,
  };
}
