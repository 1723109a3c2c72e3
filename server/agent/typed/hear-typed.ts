/** Takes what the caller types: within limits, from the first moment in the room on, and with an answer to the page. */
import { RoomEvent, RpcError } from '@livekit/rtc-node';
import type { RemoteParticipant, Room, TextStreamReader } from '@livekit/rtc-node';
import type { TextRefusal } from '../../../sdk/wire/typed-text.js';
import { LONGEST_TEXT, TextLimits } from './text-limits.js';

const TEXT_METHOD = 'dialnexa.text';
const REFUSED = 4_100;
const TYPING_TOPIC = 'dialnexa.typing';
const CHAT_TOPIC = 'lk.chat';
/** Texts that are on their way at the same time. */
const MOST_STREAMS = 4;

/** Who takes the words, once there is a conversation. */
export interface TypedListener {
  /** May throw: then the text is not taken. */
  say(text: string): void;
  typing(): void;
  /** A text was not taken: the first time for each reason, and at the end again when there were more. */
  refused(reason: TextRefusal, times: number): void;
}

/** What a caller types in one call. */
export interface TypedWords {
  /** Call it as soon as the room is joined. */
  joined(): void;
  /** What was typed before is told at once. */
  listen(listener: TypedListener): void;
  /** Nothing is taken any more. */
  close(): void;
}

interface Waiting {
  text: string;
  answer: (refusal: TextRefusal | null) => void;
}

/** Call it before the room is joined: what comes in then must find somebody. */
export function hearTyped(room: Room, callerIdentity: string): TypedWords {
  const limits = new TextLimits();
  const refusals = new Map<TextRefusal, number>();
  let waiting: Waiting[] = [];
  let listener: TypedListener | null = null;
  let streams = 0;
  let isOver = false;

  function refuse(reason: TextRefusal): TextRefusal {
    const times = (refusals.get(reason) ?? 0) + 1;
    refusals.set(reason, times);
    if (times === 1) listener?.refused(reason, times);
    return reason;
  }

  function hand(text: string): TextRefusal | null {
    try {
      listener?.say(text);
      return null;
    } catch {
      return 'call_over';
    }
  }

  async function take(given: string): Promise<TextRefusal | null> {
    const text = given.trim();
    if (isOver) return 'call_over';
    if (text === '') return null;
    const refusal = limits.take(text.length, performance.now());
    if (refusal) return refuse(refusal);
    if (listener) return hand(text);
    return new Promise((answer) => waiting.push({ text, answer }));
  }

  async function read(reader: TextStreamReader, from: string): Promise<void> {
    if (from !== callerIdentity || streams >= MOST_STREAMS) {
      if (from === callerIdentity) refuse('too_fast');
      return reader.close();
    }
    streams += 1;
    try {
      let text = '';
      for await (const piece of reader) {
        text += piece;
        if (text.length > LONGEST_TEXT) break;
      }
      await take(text);
    } catch {
      // Larger than the room takes, or cut off by its end.
    } finally {
      streams -= 1;
    }
  }

  const data = (_: Uint8Array, from?: RemoteParticipant, __?: unknown, topic?: string): void => {
    if (topic === TYPING_TOPIC && from?.identity === callerIdentity) listener?.typing();
  };
  room.registerTextStreamHandler(CHAT_TOPIC, (reader, { identity }) => void read(reader, identity));
  room.on(RoomEvent.DataReceived, data);

  return {
    joined() {
      room.localParticipant?.registerRpcMethod(TEXT_METHOD, async (request) => {
        if (request.callerIdentity !== callerIdentity) throw new RpcError(REFUSED, 'call_over');
        const refusal = await take(request.payload);
        if (refusal) throw new RpcError(REFUSED, refusal);
        return '';
      });
    },
    listen(given) {
      listener = given;
      for (const [reason, times] of refusals) given.refused(reason, times);
      for (const { text, answer } of waiting) answer(hand(text));
      waiting = [];
    },
    close() {
      isOver = true;
      for (const { answer } of waiting) answer('call_over');
      waiting = [];
      for (const [reason, times] of refusals) if (times > 1) listener?.refused(reason, times);
      listener = null;
    },
  };
}
