/** The turn that was said when the call ended: nobody but its end cut it off. */
import type { TranscriptTurn } from '../../../sdk/wire/call.js';

/** A turn is over where its last sound was heard, which may be in a pause before the end. */
const PAUSE_MS = 1_000;

/** `lengthMs`: of the call; `null` while it goes on. */
export function isCutByEnd(
  turn: TranscriptTurn,
  turns: readonly TranscriptTurn[],
  lengthMs: number | null,
): boolean {
  if (!turn.interrupted || lengthMs === null) return false;
  if (turn.end_ms >= lengthMs) return true;
  if (turn.end_ms <= lengthMs - PAUSE_MS) return false;
  return turns.every((other) => other === turn || other.end_ms < turn.end_ms);
}
