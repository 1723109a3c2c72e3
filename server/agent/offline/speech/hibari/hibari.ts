/** The neural voice: a sentence in, its sound out, piece by piece. */
import type { HibariFiles } from '../../models/model-files.js';
import { sayable } from '../sayable/sayable.js';
import { loadAcoustic } from './acoustic.js';
import { loadPronunciation } from './load-pronunciation.js';
import { phonemesOf } from './phonemes-of.js';
import { phrasesOf } from './phrases-of.js';
import { trimSilence } from './trim-silence.js';
import { vocode } from './vocoder.js';
import { HOP, VOICE_RATE } from './voice-rate.js';

/** Of the first half second, most is the silence that is cut off; what follows may be longer. */
const FIRST_FRAMES = Math.round((0.5 * VOICE_RATE) / HOP);
const NEXT_FRAMES = Math.round((0.8 * VOICE_RATE) / HOP);

/** The network speaks half as loud as other voices; its peaks stay below full scale. */
const GAIN = 2;

/** Speaks. */
export interface Hibari {
  /** Pieces of 24 kHz mono, one after the other; nothing is computed before it is asked for. `speed`: 0.5 to 2. */
  speak(text: string, speed: number): AsyncGenerator<Int16Array>;
}

/** Half a second. Throws when a file is missing or broken. */
export async function loadHibari(files: HibariFiles): Promise<Hibari> {
  const [pronunciation, acoustic] = await Promise.all([
    loadPronunciation(files),
    loadAcoustic(files),
  ]);
  return {
    async *speak(text, speed) {
      const phonemes = await phonemesOf(sayable(text), pronunciation);
      for (const phrase of phrasesOf(phonemes)) {
        const frames = await acoustic(phrase, speed);
        const pieces = vocode(frames, (index) => (index === 0 ? FIRST_FRAMES : NEXT_FRAMES));
        for (const piece of trimSilence(pieces)) yield toInt16(piece);
      }
    },
  };
}

function toInt16(samples: Float32Array): Int16Array {
  const loudest = 32_767;
  return Int16Array.from(samples, (one) =>
    Math.max(-loudest, Math.min(loudest, Math.round(one * GAIN * loudest))),
  );
}
