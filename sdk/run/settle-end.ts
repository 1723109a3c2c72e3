/** Terminates a call at the server, or only asks how it ended. */
import type { CallTicket, RestClient } from '../rest/rest-client.js';
import type { TerminateWebCallResponse } from '../wire/web-call.js';
import { onlyAsks, reasonToTell, type Closing } from './closing.js';

/** Time limit of each request, in ms. */
export const TERMINATE_TIMEOUT_MS = 3000;
/** Pauses in ms before the question is asked: the page may learn of the end before the server does. */
const PAUSES_MS = [0, 200, 400, 800];
/** Nothing is asked again after so many ms. */
const PATIENCE_MS = 5000;

/** Resolves with how the call ended, as far as the server knows; `null` when it did not answer. */
export function settleEnd(
  rest: RestClient,
  ticket: CallTicket,
  closing: Closing,
): Promise<TerminateWebCallResponse | null> {
  return onlyAsks(closing)
    ? askWhy(rest, ticket)
    : rest.terminate(ticket, reasonToTell(closing), TERMINATE_TIMEOUT_MS);
}

/** Reads how the call ended, and again until the server knows, or has not answered for too long. */
async function askWhy(
  rest: RestClient,
  ticket: CallTicket,
): Promise<TerminateWebCallResponse | null> {
  const begunAt = performance.now();
  let answer: TerminateWebCallResponse | null = null;
  for (const ms of PAUSES_MS) {
    if (performance.now() - begunAt > PATIENCE_MS) break;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    answer = (await rest.readCall(ticket, TERMINATE_TIMEOUT_MS)) ?? answer;
    if (answer?.end_reason) break;
  }
  return answer;
}
