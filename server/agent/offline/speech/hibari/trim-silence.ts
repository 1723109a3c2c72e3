/** Takes away the silence around speech while it is being made: the caller would wait for it. */
import { VOICE_RATE } from './voice-rate.js';

/** Softer than this is silence: the network's own rustle lies below. */
const QUIET = 0.004;
/** Left before the first sound, so that its onset is not cut. */
const BEFORE = 0.02 * VOICE_RATE;
/** Left behind the last sound: the pause before the next sentence. */
const AFTER = 0.2 * VOICE_RATE;

/** Yields the same samples without the silence at both ends, fewer pieces than come in; a whole silence yields nothing. */
export function* trimSilence(pieces: Iterable<Float32Array>): Generator<Float32Array> {
  let isSpeaking = false;
  /** Silence that is given only if there is a sound behind it. */
  let held = new Float32Array();
  for (const piece of pieces) {
    const samples = join(held, piece);
    const first = samples.findIndex(isLoud);
    if (first < 0 && !isSpeaking) {
      held = samples.slice(-BEFORE);
      continue;
    }
    const last = samples.findLastIndex(isLoud);
    const start = isSpeaking ? 0 : Math.max(0, first - BEFORE);
    isSpeaking = true;
    if (last >= start) yield samples.slice(start, last + 1);
    held = samples.slice(Math.max(start, last + 1));
  }
  if (isSpeaking) yield held.slice(0, AFTER);
}

function isLoud(sample: number): boolean {
  return Math.abs(sample) > QUIET;
}

function join(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
