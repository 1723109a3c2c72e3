/** The analyst that the server runs with. */
import type { Analyst } from '../domain/ports/analyst.js';
import { createModelAnalyst } from './model/model-analyst.js';
import { rulesAnalyst } from './rules/rules-analyst.js';
import type { Patience } from './model/model-analyst.js';

/** Where the language model is. */
export interface AnalysisModel {
  /** OpenAI's interface; without a slash at its end. */
  baseUrl: string;
  /** Servers of the operator's own rarely want one. */
  apiKey: string | null;
  model: string;
}

/** By that model; by rules without one, and for calls in which the caller said nothing. */
export function createAnalyst(model: AnalysisModel | null, patience: Patience = {}): Analyst {
  if (!model) return rulesAnalyst;
  const byModel = createModelAnalyst(model, patience);
  return {
    analyse: (request) =>
      request.turns.some(({ role }) => role === 'user')
        ? byModel.analyse(request)
        : rulesAnalyst.analyse(request),
  };
}
