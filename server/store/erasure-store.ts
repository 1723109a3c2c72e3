/** Queries that erase what was said, and tell how long it is kept. */
import { eq, isNotNull, or } from 'drizzle-orm';
import { audit } from './audit-table.js';
import { eraseParts, findErasable } from './erase-call.js';
import { oweRemoval } from './owed-removals.js';
import { calls, workspaces } from './schema.js';
import type { ErasureStore } from '../domain/ports/erasure-store.js';
import type { Database } from './database.js';

/** The queries of `ErasureStore` on a database. */
export function createErasureStore(db: Database): ErasureStore {
  return {
    eraseCall: (callId, parts, note, check) =>
      db.transaction(async (tx) => {
        const [call] = await tx.select().from(calls).where(eq(calls.id, callId)).for('update');
        if (!call) return null;
        const owed = check(call);
        await eraseParts(tx, callId, parts);
        if (note) await tx.insert(audit).values(note);
        if (owed) await oweRemoval(tx, owed);
        return call;
      }),
    erasableCalls: (workspaceId, part, before, limit) =>
      findErasable(db, workspaceId, part, before, limit),
    workspacesThatForget: () =>
      db
        .select()
        .from(workspaces)
        .where(
          or(
            isNotNull(workspaces.recording_days),
            isNotNull(workspaces.transcript_days),
            isNotNull(workspaces.analysis_days),
            isNotNull(workspaces.record_days),
          ),
        ),
    async changeWorkspace(workspaceId, changes) {
      const [row] = await db
        .update(workspaces)
        .set(changes)
        .where(eq(workspaces.id, workspaceId))
        .returning();
      return row ?? null;
    },
  };
}
