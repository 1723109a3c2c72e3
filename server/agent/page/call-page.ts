/** Calls a function of the page over LiveKit's RPC. */
import { RpcError } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import type { ClientToolCall, ClientToolOffer } from '../../../sdk/wire/client-tool.js';
import { cutText } from '../report/cut-text.js';

const METHOD = 'dialnexa.tool';
const FAILED = 4_101;
/** The page keeps the time; this is how much later its word of that may come. */
const ON_THE_WAY_MS = 2_000;
const LARGEST_ARGUMENTS = 12_000;
const LONGEST_ANSWER = 8_000;
const LONGEST_REASON = 200;
const { CONNECTION_TIMEOUT, RESPONSE_TIMEOUT } = RpcError.ErrorCode;

/** Answers the page's JSON, cut. Throws with `tool_failed` or `tool_timeout` and a sentence that says why. */
export async function callPage(
  room: Room,
  callerIdentity: string,
  { name, timeout_ms }: Pick<ClientToolOffer, 'name' | 'timeout_ms'>,
  args: unknown,
): Promise<string> {
  const call: ClientToolCall = { name, arguments: (args ?? {}) as ClientToolCall['arguments'] };
  const payload = JSON.stringify(call);
  if (Buffer.byteLength(payload) > LARGEST_ARGUMENTS) {
    throw new Error('tool_failed: the arguments are too large');
  }
  const me = room.localParticipant;
  if (!me) throw new Error('tool_failed: the room is closed');
  try {
    const responseTimeout = timeout_ms + ON_THE_WAY_MS;
    const request = { destinationIdentity: callerIdentity, method: METHOD, payload };
    return cutText(await me.performRpc({ ...request, responseTimeout }), LONGEST_ANSWER);
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error });
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof RpcError)) return 'tool_failed: the page is gone';
  if (error.code === CONNECTION_TIMEOUT || error.code === RESPONSE_TIMEOUT) {
    return 'tool_timeout: the page did not answer in time';
  }
  const word = error.message === 'tool_timeout' ? error.message : 'tool_failed';
  const reason = error.code === FAILED ? error.data : error.message;
  return reason ? `${word}: ${cutText(reason, LONGEST_REASON)}` : word;
}
