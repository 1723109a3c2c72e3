/** Speech to text without an account: an `stt.STT` of the agent framework on Moonshine tiny. */
import { mergeFrames, stt } from '@livekit/agents';
import { AudioResampler } from '@livekit/rtc-node';
import type { AudioFrame } from '@livekit/rtc-node';
import { prepareSamples } from './speech/prepare-samples.js';
import type { Moonshine } from './speech/moonshine.js';

const SAMPLE_RATE = 16_000;
const PADDINGS_MS = [100, 0, 300] as const;
const SHORTEST_SAMPLES = SAMPLE_RATE / 10;

/** Recognises whole turns; the framework cuts them with a voice activity detector. English only. */
export class OfflineStt extends stt.STT {
  label = 'offline.Stt';
  readonly #moonshine: Moonshine;
  readonly #vocabulary: readonly string[];

  /** `vocabulary`: sentences that callers are likely to say. */
  constructor(moonshine: Moonshine, vocabulary: readonly string[] = []) {
    super({ streaming: false, interimResults: false, alignedTranscript: false });
    this.#moonshine = moonshine;
    this.#vocabulary = vocabulary;
  }

  override get model(): string {
    return 'moonshine-tiny';
  }

  override get provider(): string {
    return 'offline';
  }

  override stream(): stt.SpeechStream {
    throw new Error('The offline recogniser takes whole turns: wrap it in stt.StreamAdapter.');
  }

  protected override async _recognize(buffer: AudioFrame | AudioFrame[]): Promise<stt.SpeechEvent> {
    const pcm = samplesOf(buffer);
    const { text, confidence } = await this.#recognize(pcm);
    return {
      type: stt.SpeechEventType.FINAL_TRANSCRIPT,
      alternatives: [{ text, confidence, language: 'en' as never, startTime: 0, endTime: 0 }],
      recognitionUsage: { audioDuration: pcm.length / SAMPLE_RATE },
    };
  }

  /** The model sometimes hears nothing in one padding and everything in another. */
  async #recognize(pcm: Int16Array): Promise<{ text: string; confidence: number }> {
    if (pcm.length < SHORTEST_SAMPLES) return { text: '', confidence: 0 };
    for (const padding of PADDINGS_MS) {
      const heard = await this.#moonshine.recognize(prepareSamples(pcm, padding), this.#vocabulary);
      if (/[a-z0-9]/i.test(heard.text)) return heard;
    }
    return { text: '', confidence: 0 };
  }
}

function samplesOf(buffer: AudioFrame | AudioFrame[]): Int16Array {
  const frame = Array.isArray(buffer) ? mergeFrames(buffer) : buffer;
  if (frame.sampleRate === SAMPLE_RATE && frame.channels === 1) return frame.data;
  const resampler = new AudioResampler(frame.sampleRate, SAMPLE_RATE, frame.channels);
  const frames = [...resampler.push(frame), ...resampler.flush()];
  const samples = Int16Array.from(frames.flatMap((one) => [...one.data]));
  return frame.channels === 1 ? samples : samples.filter((_, i) => i % frame.channels === 0);
}
