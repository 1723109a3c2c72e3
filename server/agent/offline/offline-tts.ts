/** Text to speech without an account: a `tts.TTS` of the agent framework on flite. */
import { tts } from '@livekit/agents';
import type { APIConnectOptions } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import type { Flite } from './speech/flite.js';

const SAMPLE_RATE = 16_000;
const FRAME_SAMPLES = SAMPLE_RATE / 50;
const VOICES = ['slt', 'rms', 'awb', 'kal16'];

/** Which voice and how fast. */
export interface OfflineTtsOptions {
  /** `slt` (default), `rms`, `awb` or `kal16`. */
  voice?: string | undefined;
  /** 0.25 to 4; 1 is the voice's own. */
  speed?: number;
  /** Keeps sentences that were spoken once. Default true. */
  isKept?: boolean;
}

/** Speaks sentence by sentence; wrap it in `tts.StreamAdapter`. */
export class OfflineTts extends tts.TTS {
  label = 'offline.Tts';
  readonly #flite: Flite;
  readonly #voice: string;
  readonly #speed: number;
  readonly #isKept: boolean;

  constructor(flite: Flite, options: OfflineTtsOptions = {}) {
    super(SAMPLE_RATE, 1, { streaming: false });
    this.#flite = flite;
    this.#voice = VOICES.includes(options.voice ?? '') ? (options.voice ?? 'slt') : 'slt';
    this.#speed = options.speed ?? 1;
    this.#isKept = options.isKept ?? true;
  }

  override get model(): string {
    return `flite-${this.#voice}`;
  }

  override get provider(): string {
    return 'offline';
  }

  override synthesize(
    text: string,
    connOptions?: APIConnectOptions,
    abortSignal?: AbortSignal,
  ): tts.ChunkedStream {
    const speak = (): Promise<Int16Array> =>
      this.#flite.speak(text, this.#voice, this.#speed, this.#isKept);
    return new OfflineSpeech(speak, text, this, connOptions, abortSignal);
  }

  override stream(): tts.SynthesizeStream {
    throw new Error('The offline voice takes whole sentences: wrap it in tts.StreamAdapter.');
  }
}

class OfflineSpeech extends tts.ChunkedStream {
  label = 'offline.Speech';
  readonly #speak: () => Promise<Int16Array>;

  constructor(
    speak: () => Promise<Int16Array>,
    text: string,
    voice: OfflineTts,
    connOptions?: APIConnectOptions,
    abortSignal?: AbortSignal,
  ) {
    super(text, voice, connOptions, abortSignal);
    this.#speak = speak;
  }

  protected override async run(): Promise<void> {
    const pcm = await this.#speak();
    const id = `speech_${Date.now()}`;
    for (let start = 0; start < pcm.length; start += FRAME_SAMPLES) {
      if (this.abortSignal.aborted) break;
      const samples = pcm.slice(start, start + FRAME_SAMPLES);
      this.queue.put({
        requestId: id,
        segmentId: id,
        frame: new AudioFrame(samples, SAMPLE_RATE, 1, samples.length),
        final: start + FRAME_SAMPLES >= pcm.length,
      });
    }
    this.queue.close();
  }
}
