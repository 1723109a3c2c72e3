/** `agent_late`: the caller was there, and the agent took its time. */
import { findingRule } from '../finding-rule.js';
import type { Observed } from '../observed.js';

/** As bad as the longest answer that the platform speaks of, and nobody has said a word yet. */
export const AGENT_LATE_MS = 4_000;

export const agentLate = findingRule({
  severity: 'warning',
  meaning: `The agent joined ${AGENT_LATE_MS / 1_000} s or more after the caller, or began to greet that late; the version's \`pause_before_speaking_sec\` is not counted.`,
  find(observed) {
    const ms = Math.max(observed.answeredMs ?? 0, greetedMs(observed));
    return ms < AGENT_LATE_MS ? null : { at_ms: 0, values: { ms } };
  },
});

function greetedMs({ version, turns }: Observed): number {
  const [first] = turns;
  if (!version.agent_speaks_first || first?.role !== 'agent') return 0;
  return first.start_ms - version.pause_ms;
}
