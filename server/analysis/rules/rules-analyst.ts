/** Analyses calls without a model: a lexicon, parsers, and the intents and slots of the offline dialogue. */
import type { AnalysisRequest, Analyst } from '../../domain/ports/analyst.js';
import { fieldsOf } from './fields-of.js';
import { sentimentOf } from './sentiment-of.js';
import { summaryOf } from './summary-of.js';

/** Never rejects for what a caller has said. */
export const rulesAnalyst: Analyst = {
  analyse: (request) => {
    const fields = fieldsOf(request);
    return Promise.resolve({
      method: 'rules',
      model: null,
      summary: summaryOf(request, fields),
      sentiment: sentimentOf(request.turns, request.language),
      success: successOf(request),
      fields,
      usage: null,
    });
  },
};

/**
 * Only the offline dialogue says what it has understood: success is that it did, the last time that something was wanted, and that
 * the agent came to say what it had to say to that.
 */
function successOf({ turns, dialogue }: AnalysisRequest): boolean | null {
  const said = turns.filter(({ role }) => role === 'user');
  const knowsIntents = dialogue !== null && said.some(({ intent }) => intent !== null);
  if (!knowsIntents) return null;
  const failed = turns.findLastIndex(
    ({ role, content }) => role === 'agent' && dialogue.not_understood.includes(content),
  );
  const understood = turns.findLastIndex(({ role, intent }) => role === 'user' && intent !== null);
  if (understood < failed) return false;
  const isAnswered = turns
    .slice(understood)
    .some(({ role, interrupted }) => role === 'agent' && !interrupted);
  return isAnswered ? true : null;
}
