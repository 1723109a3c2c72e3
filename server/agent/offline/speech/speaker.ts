/** The voices that need no account, as one port. */
import { AudioFrame, AudioResampler } from '@livekit/rtc-node';
import { HIBARI } from '../models/model-sets.js';
import { FLITE_RATE } from './flite.js';
import type { Flite } from './flite.js';
import type { SpeakHibari } from './hibari/shared-hibari.js';
import { VOICE_RATE } from './hibari/voice-rate.js';

/** What brings each of flite's voices to the loudness of the neural one: measured over speech, -19 dB of full scale. */
const FLITE_GAINS: ReadonlyMap<string, number> = new Map([
  ['slt', 0.57],
  ['rms', 1.15],
  ['awb', 1.02],
  ['kal16', 2.55],
]);

/** flite's, as a version names them. */
export const FLITE_VOICES: readonly string[] = [...FLITE_GAINS.keys()];

/** Says sentences. */
export interface Speaker {
  /** As records name it. */
  name: string;
  /** The checksums of the models that it speaks with; empty: it has none. */
  made: string;
  sampleRate: number;
  /** Pieces of one sentence, mono. Throws when it cannot. `speed`: 1 is the voice's own. */
  speak(text: string, speed: number, signal: AbortSignal): AsyncIterable<Int16Array>;
}

/** As loud as the neural voice. `voice`: one of `FLITE_VOICES`. Another `sampleRate` than its own: to step in for another voice. */
export function fliteSpeaker(flite: Flite, voice: string, sampleRate = FLITE_RATE): Speaker {
  return {
    name: `flite-${voice}`,
    made: '',
    sampleRate,
    speak: inTurn(async function* (text, speed) {
      const gain = FLITE_GAINS.get(voice) ?? 1;
      const pcm = amplified(await flite.speak(text, voice, speed), gain);
      if (pcm.length === 0) return;
      if (sampleRate === FLITE_RATE) yield pcm;
      else yield* resampled(pcm, FLITE_RATE, sampleRate);
    }),
  };
}

/**
 * Once it has failed it throws that failure for all that follow: a caller for whom each sentence waited in vain would hear
 * nothing for long.
 */
export function hibariSpeaker(speak: SpeakHibari): Speaker {
  let failure: Error | null = null;
  return {
    name: 'hibari',
    made: HIBARI.parts.flatMap(({ files }) => files.map(({ sha256 }) => sha256)).join(),
    sampleRate: VOICE_RATE,
    speak: inTurn(async function* (text, speed, signal) {
      if (failure) throw failure;
      try {
        yield* speak(text, speed, signal);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        throw failure;
      }
    }),
  };
}

/** One sentence after the other: the next one's first piece is not to delay this one's rest, and interrupted ones are not begun. */
function inTurn(speak: Speaker['speak']): Speaker['speak'] {
  let last = Promise.resolve();
  return async function* (text, speed, signal) {
    const before = last;
    let done = (): void => undefined;
    last = new Promise((resolve) => (done = resolve));
    try {
      await before;
      if (!signal.aborted) yield* speak(text, speed, signal);
    } finally {
      done();
    }
  };
}

/** Peaks beyond full scale are cut. */
function amplified(pcm: Int16Array, gain: number): Int16Array {
  return pcm.map((sample) => Math.max(-32_768, Math.min(32_767, sample * gain)));
}

function* resampled(pcm: Int16Array, from: number, to: number): Generator<Int16Array> {
  const resampler = new AudioResampler(from, to, 1);
  const frames = resampler.push(new AudioFrame(pcm, from, 1, pcm.length));
  frames.push(...resampler.flush());
  // Before anything is yielded: whoever takes it may stop at any piece.
  resampler.close();
  for (const frame of frames) yield frame.data;
}
