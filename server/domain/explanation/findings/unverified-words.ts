/** `unverified_words`: the transcript holds words that somebody else may have written. */
import { findingRule } from '../finding-rule.js';

export const unverifiedWords = findingRule({
  severity: 'info',
  meaning:
    'The agent reported no transcript, and somebody other than it published words in the room under its name. No other finding counts them.',
  find({ call }) {
    const turns = call.transcript.filter((turn) => turn.unverified);
    const [first] = turns;
    return first ? { at_ms: first.start_ms, values: { turns: turns.length } } : null;
  },
});
