/** `left_before_greeting`: the caller was gone before the agent said a word. */
import { findingRule } from '../finding-rule.js';

/** An agent that tells nothing of what it says may have greeted by then. */
const UNTOLD_GREETING_MS = 5_000;

export const leftBeforeGreeting = findingRule({
  severity: 'warning',
  meaning: 'The caller hung up, or closed the page, before the agent had said its first word.',
  find({ call, version, turns, keepsWords, answeredMs, lengthMs }) {
    const isTheirs = call.end_reason === 'user_disconnected' || call.end_reason === 'page_closed';
    if (!isTheirs || lengthMs === null || version.agent_speaks_first === false) return null;
    const sinceAnswer = answeredMs === null ? 0 : lengthMs - answeredMs;
    const isSilent = answeredMs === null || (keepsWords && sinceAnswer < UNTOLD_GREETING_MS);
    if (turns.length > 0 || !isSilent) return null;
    return { at_ms: lengthMs, values: { ms: lengthMs, isAnswered: answeredMs !== null } };
  },
});
