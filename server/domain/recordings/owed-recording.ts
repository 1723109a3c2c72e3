/** The recording of a call that is erased, as something to be removed. */
import type { OwedRemoval } from '../ports/owed-removals.js';
import type { CallRow } from '../ports/rows.js';
import { recordingName } from './recording-name.js';

/** An agent reports for a minute after the end, and writing a chunk takes less than the rest. */
const GROWS_MS = 600_000;

/** To be removed now. */
export function owedRecording(
  { id, ended_at }: Pick<CallRow, 'id' | 'ended_at'>,
  now: Date,
): OwedRemoval {
  const grows_until = new Date((ended_at ?? now).getTime() + GROWS_MS);
  return { name: recordingName(id), grows_until, due_at: now, attempts: 0 };
}
