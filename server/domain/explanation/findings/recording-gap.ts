/** `recording_gap`: the recording lacks a part of the call. */
import { findingRule } from '../finding-rule.js';

/** The recording is sent in pieces of a second or two: less than this may be how the call ended. */
const RECORDING_GAP_MS = 3_000;

export const recordingGap = findingRule({
  severity: 'warning',
  meaning: `The recording begins ${RECORDING_GAP_MS / 1_000} s or more after the agent had answered, or stops ${RECORDING_GAP_MS / 1_000} s or more before the end of the call.`,
  find({ call: { recording }, answeredMs, lengthMs }) {
    const { status, offset_ms: offset, duration_ms: duration } = recording;
    if (status !== 'available' || lengthMs === null || offset === null || duration === null) {
      return null;
    }
    const before = offset - (answeredMs ?? 0);
    const after = lengthMs - offset - duration;
    const missing = Math.max(before, after);
    if (missing < RECORDING_GAP_MS) return null;
    const part: 'beginning' | 'end' = before > after ? 'beginning' : 'end';
    const at_ms = part === 'beginning' ? (answeredMs ?? 0) : offset + duration;
    return { at_ms, values: { part, ms: missing } };
  },
});
