/** `talk_over`: caller and agent spoke at the same time, and neither gave way. */
import type { TranscriptTurn } from '../../../../sdk/wire/call.js';
import { findingRule } from '../finding-rule.js';

/** An agent that is interrupted is silent within a second; two is a tussle. */
const TALK_OVER_MS = 2_000;

export const talkOver = findingRule({
  severity: 'warning',
  meaning: `Caller and agent spoke at the same time for ${TALK_OVER_MS / 1_000} s or more.`,
  find({ turns }) {
    const latest: Partial<Record<TranscriptTurn['role'], TranscriptTurn>> = {};
    let times = 0;
    let longest = { ms: 0, at: 0 };
    for (const turn of turns) {
      // When words were heard in the room is not when they were spoken.
      if (turn.via === 'text' || turn.source === 'room') continue;
      const other = latest[turn.role === 'user' ? 'agent' : 'user'];
      const ms = other ? Math.min(turn.end_ms, other.end_ms) - turn.start_ms : 0;
      if (ms >= TALK_OVER_MS) times += 1;
      if (ms > longest.ms) longest = { ms, at: turn.start_ms };
      const own = latest[turn.role];
      if (!own || own.end_ms < turn.end_ms) latest[turn.role] = turn;
    }
    return times === 0 ? null : { at_ms: longest.at, values: { times, ms: longest.ms } };
  },
});
