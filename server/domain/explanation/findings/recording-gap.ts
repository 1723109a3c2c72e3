/** `recording_gap`: the recording lacks a part of the call, or all of it. */
import { findingRule } from '../finding-rule.js';
import { afterStart } from '../observed.js';

/** The recording is sent in pieces of a second or two: less than this may be how the call ended. */
const RECORDING_GAP_MS = 3_000;

export const recordingGap = findingRule({
  severity: 'warning',
  meaning: `The recording begins ${RECORDING_GAP_MS / 1_000} s or more after the first word (after the agent had answered, where no words are known), or stops ${RECORDING_GAP_MS / 1_000} s or more before the end of the call; or nothing of it could be stored.`,
  find({ call, turns, answeredMs, lengthMs }) {
    const { status, offset_ms: offset, duration_ms: duration } = call.recording;
    const failed = call.timeline.find(
      ({ type, source }) => type === 'recording_failed' && source === 'server',
    );
    if (status === 'none' && failed && lengthMs !== null) {
      return {
        at_ms: afterStart(call, failed.at),
        values: lacking('whole', lengthMs),
      };
    }
    if (status !== 'available' || lengthMs === null || offset === null || duration === null) {
      return null;
    }
    // An agent that took its time to begin is late, and its recording lacks nothing.
    const firstWord = turns.find(({ via }) => via === 'speech')?.start_ms;
    const begins = Math.max(answeredMs ?? 0, firstWord ?? 0);
    const before = offset - begins;
    const after = lengthMs - offset - duration;
    const missing = Math.max(before, after);
    if (missing < RECORDING_GAP_MS) return null;
    const part = before > after ? 'beginning' : 'end';
    const at_ms = part === 'beginning' ? begins : offset + duration;
    return { at_ms, values: lacking(part, missing) };
  },
});

type Part = 'beginning' | 'end' | 'whole';

function lacking(part: Part, ms: number): { part: Part; ms: number } {
  return { part, ms };
}
