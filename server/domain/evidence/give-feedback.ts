/** Keeps what the caller thought of a call: the last word counts. */
import type { CallFeedback } from '../../../sdk/wire/call.js';
import type { FeedbackRequest } from '../../../sdk/wire/web-call.js';
import { keepsWords } from '../keeps-words.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import { findForReport } from '../tokens/find-for-caller.js';

/** How long after the call's end the caller may still say so. */
const LATE_MS = 3_600_000;

/**
 * Answers what was kept: without the comment where no words of the caller are. Throws `token_invalid`, or
 * `call_already_ended` one hour after the end.
 */
export async function giveFeedback(
  ports: DomainPorts,
  callId: string,
  callToken: string,
  { rating, comment }: FeedbackRequest,
): Promise<CallFeedback> {
  await findForReport(ports, callId, callToken, LATE_MS);
  const feedback: CallFeedback = {
    rating,
    comment: comment ?? null,
    at: ports.clock.now().toISOString(),
  };
  await ports.store.changeEvidence(callId, (call) => {
    if (!keepsWords(call)) feedback.comment = null;
    return { changes: {}, evidence: { feedback } };
  });
  return feedback;
}
