/** The analysis of a call in the words of the wire. */
import type { CallAnalysis } from '../../../sdk/wire/call.js';
import type { WholeCallRow } from '../ports/rows.js';

/** An analysis that has found nothing yet. */
export const NOTHING_FOUND: Omit<CallAnalysis, 'status'> = {
  method: null,
  model: null,
  completed_at: null,
  error: null,
  success: null,
  fields: {},
  usage: null,
  cost: null,
};

/** How it stands; what an earlier one found stays until the next one has found something. */
export function showAnalysis({ analysis_status, analysis }: WholeCallRow): CallAnalysis {
  return { status: analysis_status, ...NOTHING_FOUND, ...analysis };
}
