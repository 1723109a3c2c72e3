/** The ears of a server that speaks OpenAI's interface: what it answers is read as by somebody who does not know it. */
import { mergeFrames, normalizeLanguage, stt } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { cutText } from '../report/cut-text.js';
import { boundedText } from './bounded-text.js';

const WAV_HEAD = 44;

/** How it is asked. */
export interface TranscriptionServerOptions {
  baseURL: string;
  apiKey: string;
  model: string;
  /** Two letters. */
  language: string;
}

/** Recognises whole utterances; wrap it in `WatchedStt`, which bounds the time. */
export class TranscriptionServerStt extends stt.STT {
  readonly label = 'transcription-server.Stt';
  readonly #options: TranscriptionServerOptions;

  constructor(options: TranscriptionServerOptions) {
    super({ streaming: false, interimResults: false });
    this.#options = options;
  }

  override get model(): string {
    return this.#options.model;
  }

  override get provider(): string {
    return new URL(this.#options.baseURL).host;
  }

  /** Throws one sentence for what is no answer; words may be none. */
  protected override async _recognize(
    frames: Parameters<stt.STT['recognize']>[0],
    signal?: AbortSignal,
  ): Promise<stt.SpeechEvent> {
    const { baseURL, apiKey, model, language } = this.#options;
    const form = new FormData();
    form.set('file', new File([wavOf(mergeFrames(frames))], 'audio.wav', { type: 'audio/wav' }));
    form.set('model', model);
    form.set('language', language);
    form.set('response_format', 'json');
    const response = await fetch(`${baseURL}/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body: form,
      ...(signal ? { signal } : {}),
    });
    const answer = await boundedText(response);
    if (!response.ok) throw new Error(`${response.status} ${cutText(answer, 200)}`.trim());
    const text = textOf(answer);
    if (text === null) throw new Error(`it answered no words: ${cutText(answer, 200)}`);
    const spoken = normalizeLanguage(language);
    const alternative = { text, language: spoken, startTime: 0, endTime: 0, confidence: 0 };
    return { type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [alternative] };
  }

  override stream(): stt.SpeechStream {
    throw new Error('It takes whole utterances: wrap it in stt.StreamAdapter.');
  }
}

function textOf(answer: string): string | null {
  try {
    const { text } = JSON.parse(answer) as { text?: unknown };
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

/** 16 bits. */
function wavOf({ data, sampleRate, channels }: AudioFrame): Buffer<ArrayBuffer> {
  const size = data.byteLength;
  const wav = Buffer.alloc(WAV_HEAD + size);
  wav.write('RIFF');
  wav.writeUInt32LE(WAV_HEAD - 8 + size, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(2 * channels * sampleRate, 28);
  wav.writeUInt16LE(2 * channels, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(size, 40);
  wav.set(Buffer.from(data.buffer, data.byteOffset, size), WAV_HEAD);
  return wav;
}
