/** How much of a recording lies within its call. */
import type { CallRow } from '../ports/rows.js';

/** Bytes of one sample of 16-bit stereo. */
export const BYTES_PER_FRAME = 4;

/** How many of these bytes were recorded before the call's end, in whole frames; all of them while the call goes on. */
export function recordedWithin(
  call: Pick<CallRow, 'ended_at' | 'recording_started_at' | 'recording_sample_rate'>,
  bytes: number,
): number {
  const { ended_at: end, recording_started_at: start, recording_sample_rate: rate } = call;
  if (!end || !start || !rate) return bytes;
  const ms = Math.max(0, end.getTime() - start.getTime());
  return Math.min(bytes, Math.floor((ms * rate) / 1000) * BYTES_PER_FRAME);
}
