/** `slow_answer`: the caller waited too long for an answer, and for which stage of it. */
import type { TranscriptTurn } from '../../../../sdk/wire/call.js';
import { findingRule } from '../finding-rule.js';
import { highest } from '../highest.js';
import type { Observed } from '../observed.js';

/** The platform calls 1 to 1.5 s good and 3 to 4 s bad: from there on callers ask whether anybody is there. */
const SLOW_ANSWER_MS = 3_000;

/** What each stage takes at most where all is well, by the platform; a function may take a second unnoticed. */
const USUAL_MOST_MS = { end_of_turn: 500, stt: 600, llm: 2_000, tts: 800, function: 1_000 };

/** What an answer waited for. */
type AnswerStage = keyof typeof USUAL_MOST_MS;

interface Answer {
  turn: TranscriptTurn;
  question: TranscriptTurn | null;
  ms: number;
}

export const slowAnswer = findingRule({
  severity: 'warning',
  meaning: `An answer began ${SLOW_ANSWER_MS / 1_000} s or more after the caller had stopped. Names the slowest one, and the stage that took longer than it usually does: the end of the turn, speech to text, the language model, a function, or text to speech.`,
  find(observed) {
    const answers = answersOf(observed);
    const slow = answers.filter(({ ms }) => ms >= SLOW_ANSWER_MS);
    const worst = highest(slow, ({ ms }) => ms);
    if (!worst) return null;
    return {
      at_ms: worst.turn.start_ms,
      values: {
        slow: slow.length,
        answers: answers.length,
        ms: worst.ms,
        ...stageOf(observed, worst),
      },
    };
  },
});

/** As the agent measured them; where it measured nothing at all, by the pauses before they begin. */
function answersOf({ turns, call, answeredMs }: Observed): Answer[] {
  const isMeasured = call.transcript.some((turn) => turn.latency?.total_ms != null);
  let before: TranscriptTurn | null = null;
  return turns.flatMap((turn) => {
    const question = before?.role === 'user' ? before : null;
    before = turn;
    if (turn.role !== 'agent') return [];
    // What was said before the agent was there could not be answered sooner.
    const asked = question && Math.max(question.end_ms, answeredMs ?? 0);
    const pause = asked === null ? null : turn.start_ms - asked;
    const ms = isMeasured ? (turn.latency?.total_ms ?? null) : pause;
    return ms === null ? [] : [{ turn, question, ms }];
  });
}

/** The stage that exceeds most what it usually takes; `null`: none that was measured. */
function stageOf(
  { call }: Observed,
  { turn, question }: Answer,
): { stage: AnswerStage | null; stageMs: number } {
  const from = question?.end_ms ?? turn.start_ms;
  const called = call.functions.filter(({ at_ms }) => at_ms >= from && at_ms <= turn.start_ms);
  const took: Record<AnswerStage, number> = {
    end_of_turn: turn.latency?.end_of_turn_ms ?? 0,
    stt: turn.latency?.stt_ms ?? 0,
    llm: turn.latency?.llm_ms ?? 0,
    tts: turn.latency?.tts_ms ?? 0,
    function: called.reduce((sum, { latency_ms }) => sum + latency_ms, 0),
  };
  const stages = Object.keys(took) as AnswerStage[];
  const excess = (stage: AnswerStage): number => took[stage] - USUAL_MOST_MS[stage];
  const stage = highest(stages, excess);
  return stage && excess(stage) > 0 ? { stage, stageMs: took[stage] } : { stage: null, stageMs: 0 };
}
