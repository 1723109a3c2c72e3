/** Terminates a call at the server, or only asks how it ended. */
import type { CallTicket, RestClient } from '../rest/rest-client.js';
import type { TerminateWebCallResponse } from '../wire/web-call.js';
import { onlyAsks, reasonToTell, type Closing } from './closing.js';

/** Time limit of each request, in ms. */
export const TERMINATE_TIMEOUT_MS = 3000;
/** Pauses in ms before the question is repeated: the page may learn of the end before the server does. */
const AGAIN_AFTER_MS = [200, 400, 800];

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

/** Reads how the call ended, and again until the server knows, for 1.4 s plus the time of its answers. */
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
