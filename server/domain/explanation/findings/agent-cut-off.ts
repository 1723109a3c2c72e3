/** `agent_cut_off`: the caller did not let the agent finish, again and again. */
import { isCutByEnd } from '../../transcripts/cut-by-end.js';
import { findingRule } from '../finding-rule.js';

/** One interruption is conversation, two are a pattern. */
const AGENT_CUT_OFF_TIMES = 2;

export const agentCutOff = findingRule({
  severity: 'info',
  meaning: `The caller cut off ${AGENT_CUT_OFF_TIMES} or more turns of the agent.`,
  find({ agentTurns, turns, lengthMs }) {
    // What the end of the call cut off was cut off by nobody.
    const cut = agentTurns.filter((turn) => turn.interrupted && !isCutByEnd(turn, turns, lengthMs));
    const [first] = cut;
    if (!first || cut.length < AGENT_CUT_OFF_TIMES) return null;
    return { at_ms: first.start_ms, values: { times: cut.length, turns: agentTurns.length } };
  },
});
