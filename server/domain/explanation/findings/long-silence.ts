/** `long_silence`: nobody spoke for long, and whose turn it was. */
import { findingRule } from '../finding-rule.js';
import { highest } from '../highest.js';
import type { Observed } from '../observed.js';

/** A caller may think; after this long a version with the usual settings is about to ask whether anybody is there. */
const CALLER_SILENCE_MS = 8_000;
/** Twice what the platform calls a bad answer. */
const AGENT_SILENCE_MS = 6_000;

interface Silence {
  from: number;
  ms: number;
  whose: 'caller' | 'agent';
}

export const longSilence = findingRule({
  severity: 'warning',
  meaning: `Nobody spoke for ${CALLER_SILENCE_MS / 1_000} s or more after the agent (it was the caller's turn), or for ${AGENT_SILENCE_MS / 1_000} s or more after the caller (it was the agent's). What is typed counts as spoken. In a call that is typed only, the caller may take any time.`,
  find(observed) {
    const callerMs = observed.call.route.text_only ? Infinity : CALLER_SILENCE_MS;
    const long = silencesOf(observed).filter(
      ({ ms, whose }) => ms >= (whose === 'caller' ? callerMs : AGENT_SILENCE_MS),
    );
    const longest = highest(long, ({ ms }) => ms);
    if (!longest) return null;
    const { from, ms, whose } = longest;
    return { at_ms: from, values: { times: long.length, ms, whose } };
  },
});

/** Between turns, and from the last one to the end of the call. */
function silencesOf({ turns, lengthMs }: Observed): Silence[] {
  const [first, ...others] = turns;
  if (!first) return [];
  const found: Silence[] = [];
  let last = first;
  for (const turn of others) {
    const ms = turn.start_ms - last.end_ms;
    if (ms > 0) found.push({ from: last.end_ms, ms, whose: turnAfter(last) });
    if (turn.end_ms >= last.end_ms) last = turn;
  }
  const rest = lengthMs === null ? 0 : lengthMs - last.end_ms;
  return [...found, { from: last.end_ms, ms: rest, whose: turnAfter(last) }];
}

function turnAfter({ role }: Observed['turns'][number]): Silence['whose'] {
  return role === 'user' ? 'agent' : 'caller';
}
