/** The call that a page leaves behind, for the next page of the same tab. */
import type { CheckedOptions } from '../check-options.js';
import type { PagePort } from '../page/page-port.js';
import { RestClient, type CallTicket } from '../rest/rest-client.js';
import type { TranscriptSegment } from '../transcript/transcript-segment.js';
import type { MediaGrant } from '../wire/web-call.js';
import { MOST_STEPS, type ClientSteps } from './client-timeline.js';
import { TERMINATE_TIMEOUT_MS } from './settle-end.js';

/** The server ends a call by then that no page has taken up. */
const KEPT_MS = 15_000;
/** No call is older. */
const OLDEST_MS = 86_400_000;
/** A step may lie before its call, as long as a page may be open. The server takes no more. */
const MOST_MS = 864_000_000;
/** Refusals that mean that there is nothing left to take up. */
const GONE = ['call_already_ended', 'token_invalid', 'token_expired'];

/** What a call leaves behind. */
export interface LeftCall {
  ticket: CallTicket;
  /** When media came up, by `Date.now()`. */
  upAt: number;
  muted: boolean;
  /** Whether it is typed only. */
  textOnly: boolean;
  seen: ClientSteps;
}

/** What the next page finds. */
interface KeptCall extends LeftCall {
  /** Which server and agent it is a call to. */
  whose: string;
  leftAt: number;
  segments: TranscriptSegment[];
}

/** A call that is taken up again, and the way back into its room. */
export interface ResumedCall extends KeptCall {
  way: MediaGrant;
}

/** Keeps a call until the next page takes it. */
export function keepCall(
  page: PagePort,
  options: CheckedOptions,
  call: LeftCall,
  segments: readonly TranscriptSegment[],
): void {
  const kept: KeptCall = {
    ...call,
    whose: whose(options),
    leftAt: Date.now(),
    segments: [...segments],
  };
  page.keep(JSON.stringify(kept));
}

/**
 * Takes the call that the page before has kept, so that no other page can, and asks for a way back into its room. Resolves
 * with `null` when there is none, or not any more; one that is not wanted by then is ended. Rejects with `CallError` when the server cannot be asked.
 */
export async function takeKeptCall(
  page: PagePort,
  options: CheckedOptions,
  isWanted: () => boolean,
): Promise<ResumedCall | null> {
  const { serverUrl, apiKey, fetch } = options;
  const rest = new RestClient(serverUrl, apiKey, fetch);
  const kept = read(page.kept());
  if (kept?.whose !== whose(options)) return null;
  page.keep(null);
  if (!isWithin(kept.leftAt - Date.now(), -KEPT_MS, 0)) return null;
  try {
    const way = await rest.resume(kept.ticket);
    if (isWanted()) return { ...kept, way };
    await rest.terminate(kept.ticket, 'user_disconnected', TERMINATE_TIMEOUT_MS);
    return null;
  } catch (error) {
    if (GONE.includes((error as { code?: string }).code ?? '')) return null;
    throw error;
  }
}

function whose({ serverUrl, request }: CheckedOptions): string {
  const { agent_id, agent_version_id, agent_version_number } = request;
  return JSON.stringify([serverUrl, agent_id, agent_version_id, agent_version_number]);
}

/** What another script of the page has left under that name is nothing: what has not the shape of a call throws, or is refused. */
function read(text: string | null): KeptCall | null {
  try {
    const kept = JSON.parse(text ?? '') as KeptCall;
    const { ticket, segments, seen, upAt } = kept;
    const { beganAt, steps } = seen;
    const isWhole =
      [
        ticket.callId,
        ticket.callToken,
        ...segments.flatMap(({ id, text }) => [id, text]),
        ...steps.map(({ type }) => type),
      ].every((word) => typeof word === 'string') &&
      [upAt, beganAt].every((at) => isWithin(at - Date.now(), -OLDEST_MS, 0)) &&
      steps.length <= MOST_STEPS &&
      steps.every(
        ({ at_ms, detail = {} }) =>
          isWithin(at_ms, -MOST_MS, MOST_MS) &&
          String(detail as unknown) === '[object Object]' &&
          Object.values(detail).every((value) => typeof value !== 'object'),
      );
    return isWhole ? kept : null;
  } catch {
    return null;
  }
}

function isWithin(value: number, from: number, to: number): boolean {
  return typeof value === 'number' && value >= from && value <= to;
}
