/** Queries on what is new of a call since it was last read. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { timeline, turns } from './schema.js';
import { TURN_COLUMNS } from './turn-columns.js';
import type { CallRow } from '../domain/ports/rows.js';
import type { CallNews } from '../domain/ports/store.js';
import type { Database } from './database.js';

/**
 * Rows of a call are written while its row is held, so their positions grow in the order in which they can be seen. The
 * call is read first: when it has ended, its last rows are there.
 */
export async function findCallNews(
  db: Database,
  findCall: () => Promise<CallRow | null>,
  callId: string,
  after: { timeline: number; turn: number },
  limit: number,
): Promise<CallNews | null> {
  const call = await findCall();
  if (!call) return null;
  const [newTimeline, newTurns] = await Promise.all([
    db
      .select()
      .from(timeline)
      .where(and(eq(timeline.call_id, callId), gt(timeline.position, after.timeline)))
      .orderBy(asc(timeline.position))
      .limit(limit),
    db
      .select(TURN_COLUMNS)
      .from(turns)
      .where(and(eq(turns.call_id, callId), gt(turns.position, after.turn)))
      .orderBy(asc(turns.position))
      .limit(limit),
  ]);
  return { call, timeline: newTimeline, turns: newTurns };
}
