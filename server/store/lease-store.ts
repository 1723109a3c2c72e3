/**
 * Queries on leases, by which one process at a time runs a background loop. Leases expire by the database's clock, so
 * that clocks of processes do not matter.
 */
import { eq, sql } from 'drizzle-orm';
import { leases } from './schema.js';
import type { LeaseStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** The queries of `LeaseStore` on a database. */
export function createLeaseStore(db: Database): LeaseStore {
  return {
    async takeLease(name, holder, ttlMs) {
      const until = sql`clock_timestamp() + ${ttlMs} * interval '1 millisecond'`;
      const held = await db
        .insert(leases)
        .values({ name, holder, expires_at: until })
        .onConflictDoUpdate({
          target: leases.name,
          set: { holder, expires_at: until },
          setWhere: sql`${leases.holder} = ${holder} or ${leases.expires_at} < clock_timestamp()`,
        })
        .returning({ name: leases.name });
      return held.length > 0;
    },
    async dropLeases(holder) {
      await db.delete(leases).where(eq(leases.holder, holder));
    },
  };
}
