/** Takes what the caller types, the keys that it presses, and what its page tells: within limits, from the first moment in the room on, and with an answer to the page. */
import { RoomEvent } from '@livekit/rtc-node';
import type { Room, TextStreamReader } from '@livekit/rtc-node';
import { answerCaller, refusal } from '../caller/answer-caller.js';
import { onCallerPacket } from '../caller/on-caller-packet.js';
import { takeOnce } from './take-once.js';
import { createTextGate } from './text-gate.js';
import type { TextGate, TextTaker } from './text-gate.js';
import { LONGEST_TEXT } from './text-limits.js';

const TEXT_METHOD = 'dialnexa.text';
const TEXT_ONCE_METHOD = 'dialnexa.text_once';
const CONTEXT_METHOD = 'dialnexa.context';
const TYPING_TOPIC = 'dialnexa.typing';
const CHAT_TOPIC = 'lk.chat';
/** Texts that are on their way at the same time. */
const MOST_STREAMS = 4;

/** Who takes the words, once there is a conversation. */
export interface TypedListener {
  /** To be answered. */
  text: TextTaker;
  /** To be known. */
  context: TextTaker;
  /** Keys: given away as a text in the end. */
  key(key: string): void;
  typing(): void;
}

/** What a caller types in one call. */
export interface TypedWords {
  /** Call it as soon as the room is joined. */
  joined(): void;
  /** What was typed before is told at once. */
  listen(listener: TypedListener): void;
  /** As if it had been typed; whether it was taken. */
  give(text: string): Promise<boolean>;
  /** Nothing is taken any more. */
  close(): void;
}

/** Call it before the room is joined: what comes in then must find somebody. */
export function hearTyped(room: Room, callerIdentity: string): TypedWords {
  const texts = createTextGate();
  const contexts = createTextGate();
  let taker: Pick<TypedListener, 'key' | 'typing'> | null = null;
  let streams = 0;

  async function read(reader: TextStreamReader, from: string): Promise<void> {
    if (from !== callerIdentity || streams >= MOST_STREAMS) {
      if (from === callerIdentity) texts.refuse('too_fast');
      return reader.close();
    }
    streams += 1;
    try {
      let text = '';
      for await (const piece of reader) {
        text += piece;
        if (text.length > LONGEST_TEXT) break;
      }
      await texts.give(text);
    } catch {
      // Larger than the room takes, or cut off by its end.
    } finally {
      streams -= 1;
    }
  }

  function answerTo(method: string, give: TextGate['give']): void {
    answerCaller(room, callerIdentity, method, async (payload) => {
      const reason = await give(payload);
      if (reason) throw refusal(reason);
      return '';
    });
  }

  room.registerTextStreamHandler(CHAT_TOPIC, (reader, { identity }) => void read(reader, identity));
  onCallerPacket(room, callerIdentity, TYPING_TOPIC, () => taker?.typing());
  room.on(RoomEvent.DtmfReceived, (_, key, from) => {
    if (from?.identity === callerIdentity) taker?.key(key);
  });

  return {
    joined() {
      answerTo(TEXT_METHOD, texts.give);
      answerTo(TEXT_ONCE_METHOD, takeOnce(texts));
      answerTo(CONTEXT_METHOD, contexts.give);
    },
    listen(listener) {
      taker = listener;
      // Known before the first answer is made.
      contexts.open(listener.context);
      texts.open(listener.text);
    },
    give: async (text) => (await texts.give(text)) === null,
    close() {
      taker = null;
      contexts.close();
      texts.close();
    },
  };
}
