/** What the server is told, or asked, when a call is over for the page. */
import type { CallTicket, RestClient } from '../rest/rest-client.js';
import type { TerminateWebCallResponse } from '../wire/web-call.js';
import { onlyAsks, reasonToTell, type Closing } from './closing.js';

/** How long the server may take for each answer. */
export const TERMINATE_TIMEOUT_MS = 3000;
/** The media server tells the page and the server at once, and the page may be first. */
const AGAIN_AFTER_MS = [200, 400, 800];

/** Resolves with how the call ended, as far as the server knows it by then; `null` when it did not answer. */
export function settleEnd(
  rest: RestClient,
  ticket: CallTicket,
  closing: Closing,
): Promise<TerminateWebCallResponse | null> {
  return onlyAsks(closing)
    ? askWhy(rest, ticket)
    : rest.terminate(ticket, reasonToTell(closing), TERMINATE_TIMEOUT_MS);
}

/** Asks until the server knows, for a second and a half beside its answers. */
async function askWhy(
  rest: RestClient,
  ticket: CallTicket,
): Promise<TerminateWebCallResponse | null> {
  let answer = await rest.readCall(ticket, TERMINATE_TIMEOUT_MS);
  for (const ms of AGAIN_AFTER_MS) {
    if (answer?.end_reason !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, ms));
    answer = await rest.readCall(ticket, TERMINATE_TIMEOUT_MS);
  }
  return answer;
}
