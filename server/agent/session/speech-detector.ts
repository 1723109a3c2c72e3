/** Voice activity detection on the caller's sound, with the whole utterance in its events. */
import { inference, VADEventType } from '@livekit/agents';
import type { VADEvent, VADStream } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';

/** A longer silence parts one utterance from the next. */
const PAUSE_MS = 1_500;

/** When somebody was heard to speak, in milliseconds of this clock. */
export interface SpokenSpan {
  startedAt: number;
  endedAt: number;
}

/** What a stream calls whenever it has something to tell. */
interface Teller {
  sendVADEvent(event: VADEvent): boolean;
}

/**
 * The framework's detector, made safe for recognisers that take whole phrases. Up to 1.9.0 its events carry a view of
 * the buffer that it at once goes on writing into, so that a phrase would begin with its own end; here they carry a
 * copy. https://github.com/livekit/agents-js/pull/2254
 */
export class SpeechDetector extends inference.VAD {
  /** The latest utterance, as far as it has come; `null` before the first. */
  latest: SpokenSpan | null = null;
  #isSpeaking = false;

  override stream(): VADStream {
    const stream = super.stream();
    const teller = stream as unknown as Teller;
    const send = teller.sendVADEvent.bind(stream);
    teller.sendVADEvent = (event) => {
      this.#follow(event);
      return send(event.type === VADEventType.END_OF_SPEECH ? withOwnFrames(event) : event);
    };
    return stream;
  }

  #follow(event: VADEvent): void {
    const now = Date.now();
    if (event.type === VADEventType.START_OF_SPEECH) {
      const startedAt = now - event.speechDuration - event.inferenceDuration;
      const goesOn = this.latest && startedAt - this.latest.endedAt < PAUSE_MS;
      this.latest = { startedAt: goesOn ? this.latest!.startedAt : startedAt, endedAt: now };
      this.#isSpeaking = true;
    } else if (!this.#isSpeaking || !this.latest) return;
    else if (event.type === VADEventType.END_OF_SPEECH) {
      this.latest.endedAt = now - event.silenceDuration - event.inferenceDuration;
      this.#isSpeaking = false;
    } else if (event.rawAccumulatedSpeech > 0) this.latest.endedAt = now;
  }
}

function withOwnFrames(event: VADEvent): VADEvent {
  const frames = event.frames.map(
    ({ data, sampleRate, channels, samplesPerChannel }) =>
      new AudioFrame(data.slice(), sampleRate, channels, samplesPerChannel),
  );
  return { ...event, frames };
}
