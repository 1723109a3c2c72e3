/** The voice of a server that speaks OpenAI's interface, OpenAI's own among them: sounds as soon as its first bytes are there. */
import {
  APIConnectionError,
  APIError,
  APIStatusError,
  APITimeoutError,
  DEFAULT_API_CONNECT_OPTIONS,
  tts,
} from '@livekit/agents';
import type { APIConnectOptions } from '@livekit/agents';
import { AudioFrame, AudioResampler } from '@livekit/rtc-node';
import { cutText } from '../report/cut-text.js';
import { boundedText } from './bounded-text.js';
import { PcmReader } from './pcm-reader.js';
import { LATE, within } from './within.js';

const RATE = 24_000;
/** A voice that has begun may be silent for so long. */
const STALL_MS = 5_000;
/** It may take so many times as long as what it says lasts: drops that come and come are no silence, and no speech. */
const SLOWEST = 4;
/** Of one sentence. */
const LONGEST_SAMPLES = RATE * 180;

/** How it is asked. */
export interface SpeechServerOptions {
  baseURL: string;
  apiKey: string;
  model: string;
  voice: string;
  /** Times the usual speed. */
  speed: number;
  /** `wav` says its rate itself; `pcm` is for a server whose rate is known. */
  format: 'wav' | 'pcm';
}

/** Speaks sentence by sentence; wrap it in `tts.StreamAdapter`. */
export class SpeechServerTts extends tts.TTS {
  label = 'speech-server.Tts';
  readonly #options: SpeechServerOptions;

  constructor(options: SpeechServerOptions) {
    super(RATE, 1, { streaming: false });
    this.#options = options;
  }

  override get model(): string {
    return this.#options.model;
  }

  override get provider(): string {
    return new URL(this.#options.baseURL).host;
  }

  override synthesize(
    text: string,
    connOptions: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    abortSignal?: AbortSignal,
  ): tts.ChunkedStream {
    return new ServerSpeech(this, this.#options, text, connOptions, abortSignal);
  }

  override stream(): tts.SynthesizeStream {
    throw new Error('It takes whole sentences: wrap it in tts.StreamAdapter.');
  }
}

class ServerSpeech extends tts.ChunkedStream {
  label = 'speech-server.Speech';
  readonly #options: SpeechServerOptions;
  readonly #timeoutMs: number;

  constructor(
    voice: SpeechServerTts,
    options: SpeechServerOptions,
    text: string,
    connOptions: APIConnectOptions,
    abortSignal?: AbortSignal,
  ) {
    super(text, voice, connOptions, abortSignal);
    this.#options = options;
    this.#timeoutMs = connOptions.timeoutMs;
    // The framework tells of a failure by an event, and leaves the promise to nobody.
    const task = this as unknown as { mainTask: () => Promise<void> };
    const main = task.mainTask.bind(this);
    task.mainTask = () => main().catch(() => undefined);
  }

  protected override async run(): Promise<void> {
    const request = new AbortController();
    const stop = (): void => request.abort();
    this.abortSignal.addEventListener('abort', stop, { once: true });
    const sound = new Sound((frame, final) =>
      this.queue.put({ requestId: 'speech', segmentId: 'speech', frame, final }),
    );
    // Till it sounds there is one deadline, whatever may come.
    const asked = performance.now();
    try {
      const response = await this.#timely(this.#ask(request.signal), this.#timeoutMs, asked);
      const reader = new PcmReader(response.headers.get('content-type') ?? '');
      const body = response.body?.getReader();
      for (;;) {
        const [waitMs, since] = sound.hasBegun
          ? [STALL_MS, performance.now()]
          : [this.#timeoutMs, asked];
        const piece = body
          ? await this.#timely(body.read(), waitMs, since)
          : { done: true as const };
        if (piece.done || this.abortSignal.aborted) break;
        sound.add(reader.read(piece.value as Uint8Array), reader.rate ?? RATE);
        if (reader.isComplete) break;
      }
      sound.end();
      if (!sound.hasBegun && !this.abortSignal.aborted) throw new Error('it sent no sound');
    } catch (error) {
      if (this.abortSignal.aborted) return;
      // Nobody else says it any more.
      if (sound.hasBegun) sound.end();
      throw apiError(error, !sound.hasBegun);
    } finally {
      this.abortSignal.removeEventListener('abort', stop);
      sound.close();
      stop();
    }
  }

  async #ask(signal: AbortSignal): Promise<Response> {
    const { baseURL, apiKey, model, voice, speed, format } = this.#options;
    const response = await fetch(`${baseURL}/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ model, voice, input: this.inputText, speed, response_format: format }),
      signal,
    });
    if (response.ok) return response;
    const words = await boundedText(response).catch(() => '');
    const message = `${response.status} ${cutText(words, 200)}`.trim();
    throw new APIStatusError({ message, options: { statusCode: response.status } });
  }

  async #timely<T>(promise: Promise<T>, ms: number, since: number): Promise<T> {
    // Given up, it may still reject.
    promise.catch(() => undefined);
    const result = await within(promise, since + ms - performance.now());
    if (result !== LATE) return result;
    const options = { retryable: false };
    throw new APITimeoutError({ message: `no sound came for ${ms} ms`, options });
  }
}

/** What has come so far: at one rate, and in frames of which the last is known to be it. */
class Sound {
  readonly #put: (frame: AudioFrame, final: boolean) => void;
  #resampler: AudioResampler | null = null;
  #held: AudioFrame | null = null;
  #samples = 0;
  #began = 0;

  constructor(put: (frame: AudioFrame, final: boolean) => void) {
    this.#put = put;
  }

  get hasBegun(): boolean {
    return this.#samples > 0;
  }

  add(samples: Int16Array, rate: number): void {
    if (samples.length === 0) return;
    this.#began ||= performance.now();
    const frame = new AudioFrame(samples, rate, 1, samples.length);
    if (rate === RATE) this.#hold(frame);
    else {
      this.#resampler ??= new AudioResampler(rate, RATE, 1);
      for (const one of this.#resampler.push(frame)) this.#hold(one);
    }
    const saidMs = (this.#samples / RATE) * 1000;
    if (performance.now() - this.#began > STALL_MS + SLOWEST * saidMs) {
      throw new Error('its sound came too slowly');
    }
  }

  end(): void {
    if (this.hasBegun) for (const one of this.#resampler?.flush() ?? []) this.#hold(one);
    if (this.#held) this.#put(this.#held, true);
    this.#held = null;
  }

  close(): void {
    this.#resampler?.close();
  }

  /** However large the pieces are in which it comes: what is said ends at the bound. */
  #hold(frame: AudioFrame): void {
    const left = LONGEST_SAMPLES - this.#samples;
    const isOver = frame.samplesPerChannel > left;
    if (left > 0) {
      if (this.#held) this.#put(this.#held, false);
      this.#held = isOver ? headOf(frame, left) : frame;
      this.#samples += this.#held.samplesPerChannel;
    }
    if (isOver) throw new Error('its sound did not end');
  }
}

function headOf({ data }: AudioFrame, samples: number): AudioFrame {
  return new AudioFrame(data.subarray(0, samples), RATE, 1, samples);
}

/** Only these are retried, and make another voice step in. Once it has sounded nothing may begin anew. */
function apiError(error: unknown, retryable: boolean): Error {
  if (error instanceof APIError && (retryable || !error.retryable)) return error;
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const why = cause instanceof Error && cause.message ? `${message}: ${cause.message}` : message;
  return new APIConnectionError({ message: why, options: { retryable } });
}
