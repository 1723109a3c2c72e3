/** Text to speech without an account: a `tts.TTS` of the agent framework on the neural voice or flite. */
import { tts } from '@livekit/agents';
import type { APIConnectOptions } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import type { SentenceCache } from './speech/sentence-cache.js';
import type { Speaker } from './speech/speaker.js';

const FRAMES_PER_SECOND = 50;

/** How the voice speaks, and what happens when it cannot. */
export interface OfflineTtsOptions {
  /** 0.25 to 4; 1 is the voice's own. */
  speed: number;
  /** Keeps sentences that were spoken once; `null` keeps none. */
  cache: SentenceCache | null;
  /** Whether a sentence may be kept for other calls; without it none is. */
  isForAll?: (sentence: string) => boolean;
  /** Says the sentence, and all that follow, when the voice cannot; at the same rate. */
  standIn?: Speaker | undefined;
  /** Told once of a voice that cannot speak. */
  failed?: (error: unknown) => void;
}

/** Speaks sentence by sentence; wrap it in `tts.StreamAdapter`. */
export class OfflineTts extends tts.TTS {
  label = 'offline.Tts';
  #speaker: Speaker;
  readonly #options: OfflineTtsOptions;

  constructor(speaker: Speaker, options: OfflineTtsOptions) {
    super(speaker.sampleRate, 1, { streaming: false });
    this.#speaker = speaker;
    this.#options = options;
  }

  override get model(): string {
    return this.#speaker.name;
  }

  override get provider(): string {
    return 'offline';
  }

  override synthesize(
    text: string,
    connOptions?: APIConnectOptions,
    abortSignal?: AbortSignal,
  ): tts.ChunkedStream {
    const speak = (signal: AbortSignal) => this.#speak(text, signal);
    return new OfflineSpeech(speak, text, this, connOptions, abortSignal);
  }

  override stream(): tts.SynthesizeStream {
    throw new Error('The offline voice takes whole sentences: wrap it in tts.StreamAdapter.');
  }

  async *#speak(text: string, signal: AbortSignal): AsyncGenerator<Int16Array> {
    const speaker = this.#speaker;
    const { standIn, failed } = this.#options;
    try {
      yield* this.#pieces(speaker, text, signal);
    } catch (error) {
      // Nobody listens: a failure would count against the voice, and end the call.
      if (signal.aborted) return;
      if (!standIn) throw error;
      if (this.#speaker !== standIn) failed?.(error);
      this.#speaker = standIn;
      // From its beginning: a word that is said twice is better than one that is missing.
      yield* this.#pieces(standIn, text, signal);
    }
  }

  #pieces(speaker: Speaker, text: string, signal: AbortSignal): AsyncIterable<Int16Array> {
    const { speed, cache, isForAll } = this.#options;
    const speak = () => speaker.speak(text, speed, signal);
    const name = [speaker.name, speaker.made, speaker.sampleRate, speed, text].join('|');
    return cache ? cache.through(name, signal, speak, isForAll?.(text)) : speak();
  }
}

class OfflineSpeech extends tts.ChunkedStream {
  label = 'offline.Speech';
  readonly #speak: (signal: AbortSignal) => AsyncIterable<Int16Array>;
  readonly #sampleRate: number;

  constructor(
    speak: (signal: AbortSignal) => AsyncIterable<Int16Array>,
    text: string,
    voice: OfflineTts,
    connOptions?: APIConnectOptions,
    abortSignal?: AbortSignal,
  ) {
    super(text, voice, connOptions, abortSignal);
    this.#speak = speak;
    this.#sampleRate = voice.sampleRate;
  }

  protected override async run(): Promise<void> {
    const id = `speech_${Date.now()}`;
    const put = (samples: Int16Array, final: boolean): void => {
      const frame = new AudioFrame(samples, this.#sampleRate, 1, samples.length);
      this.queue.put({ requestId: id, segmentId: id, frame, final });
    };
    let waiting: Int16Array | null = null;
    for await (const pcm of this.#speak(this.abortSignal)) {
      for (const samples of framesOf(pcm, this.#sampleRate / FRAMES_PER_SECOND)) {
        if (this.abortSignal.aborted) break;
        if (waiting) put(waiting, false);
        waiting = samples;
      }
      if (this.abortSignal.aborted) break;
    }
    if (waiting) put(waiting, true);
    this.queue.close();
  }
}

/** Copies: whoever hears a frame may silence it. */
function* framesOf(pcm: Int16Array, length: number): Generator<Int16Array> {
  for (let start = 0; start < pcm.length; start += length) yield pcm.slice(start, start + length);
}
