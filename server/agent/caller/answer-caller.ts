/** What the caller's page may ask of the agent, over LiveKit's RPC. */
import { RpcError } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';

const REFUSED = 4_100;

/** Registers a method that nobody but the caller may call, once the room is joined. `answer` may throw a `refusal`. */
export function answerCaller(
  room: Room,
  callerIdentity: string,
  method: string,
  answer: (payload: string) => Promise<string>,
): void {
  room.localParticipant?.registerRpcMethod(method, async ({ callerIdentity: from, payload }) => {
    if (from !== callerIdentity) throw refusal('call_over');
    return answer(payload);
  });
}

/** What the page learns as the word for why. */
export function refusal(word: string): RpcError {
  return new RpcError(REFUSED, word);
}
