/** `low_confidence`: speech to text was guessing. */
import { findingRule } from '../finding-rule.js';
import { highest } from '../highest.js';

/** Below it about every second word is wrong. */
const LOW_CONFIDENCE = 0.5;
/** A single murmur proves nothing. */
const LOW_CONFIDENCE_TURNS = 2;

export const lowConfidence = findingRule({
  severity: 'warning',
  meaning: `${LOW_CONFIDENCE_TURNS} or more spoken turns of the caller were recognised with a confidence below ${LOW_CONFIDENCE}.`,
  find({ callerTurns, quote }) {
    // 0 is what speech to text says that has no such figure.
    const known = callerTurns.filter((turn) => turn.via === 'speech' && (turn.confidence ?? 0) > 0);
    const low = known.filter((turn) => (turn.confidence ?? 1) < LOW_CONFIDENCE);
    const worst = highest(low, (turn) => -(turn.confidence ?? 1));
    if (!worst || low.length < LOW_CONFIDENCE_TURNS) return null;
    return {
      at_ms: worst.start_ms,
      values: {
        low: low.length,
        turns: known.length,
        percent: Math.round((worst.confidence ?? 0) * 100),
        heard: quote(worst.content),
      },
    };
  },
});
