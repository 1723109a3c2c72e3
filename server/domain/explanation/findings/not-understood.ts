/** `not_understood`: the agent had no answer to two turns of the caller in a row. */
import type { TranscriptTurn } from '../../../../sdk/wire/call.js';
import { findingRule } from '../finding-rule.js';

/** A second try is normal; from the second miss on callers give up. */
const NOT_UNDERSTOOD_IN_A_ROW = 2;

/** What agents say who did not understand. It stands at the beginning of an answer. */
const SAYS_SO =
  /\b(?:(?:did|do|could|can) ?n[o'’]t|can['’]t) (?:quite |fully |really )?(?:(?:understand|catch|hear) (?:that|you|what)|get (?:that|what you))\b|\bnicht (?:ganz )?verstanden\b/iu;
/** Characters of an answer that are looked at. */
const READ = 200;

export const notUnderstood = findingRule({
  severity: 'warning',
  meaning: `${NOT_UNDERSTOOD_IN_A_ROW} turns of the caller in a row led to no answer: the offline language model found neither intent nor fact, or the agent said that it had not understood.`,
  find({ turns, quote }) {
    let inARow = 0;
    let most = 0;
    let first: TranscriptTurn | null = null;
    let worst: TranscriptTurn | null = null;
    for (const [index, turn] of turns.entries()) {
      const answer = turns[index + 1];
      if (turn.role !== 'user' || answer?.role !== 'agent') continue;
      inARow = isMiss(turn, answer) ? inARow + 1 : 0;
      if (inARow === 1) first = turn;
      if (inARow > most) [most, worst] = [inARow, first];
    }
    if (!worst || most < NOT_UNDERSTOOD_IN_A_ROW) return null;
    return { at_ms: worst.start_ms, values: { inARow: most, said: quote(worst.content) } };
  },
});

function isMiss(asked: TranscriptTurn, answer: TranscriptTurn): boolean {
  const isOffline = answer.providers?.llm?.startsWith('offline') ?? false;
  return (isOffline && asked.intent === null) || SAYS_SO.test(answer.content.slice(0, READ));
}
