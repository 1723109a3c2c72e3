/** What the vocal cords would give: a pulse train that follows the pitch, made as far as it is needed. */
import { HOP, VOICE_RATE } from './voice-rate.js';

/** Below this pitch, in Hz, nothing vibrates. */
const LOWEST_PITCH = 40;
/** Harmonics reach up to here, in Hz. */
const HIGHEST_HARMONIC = 11_000;
/** Where the sum of the harmonics is taken as their number: its formula divides by almost nothing. */
const NEAR_ZERO = 2e-3;

/** Samples of a sentence's pulses. */
export interface PulseTrain {
  /** Made up to here; silence where there is no voice. */
  samples: Float32Array;
  /** Makes everything before the frame `end`. */
  reach(end: number): void;
}

/** `pitch`: Hz, one value a frame. Every harmonic is of amplitude one. */
export function createPulseTrain(pitch: Float32Array): PulseTrain {
  const frames = pitch.length;
  const samples = new Float32Array(frames * HOP);
  let made = 0;
  /** Turns of the fundamental so far, without the whole ones. */
  let phase = 0;

  const makeFrame = (frame: number): void => {
    const before = pitch[Math.max(0, frame - 1)]!;
    const here = pitch[frame]!;
    const after = pitch[Math.min(frames - 1, frame + 1)]!;
    for (let j = 0; j < HOP; j += 1) {
      // A frame's value stands in its middle.
      const place = (j + 0.5) / HOP - 0.5;
      const hz = place < 0 ? here + (here - before) * place : here + (after - here) * place;
      const sounding = Math.max(hz, LOWEST_PITCH);
      phase += sounding / VOICE_RATE;
      phase -= Math.floor(phase);
      if (hz > LOWEST_PITCH)
        samples[frame * HOP + j] = sumOfHarmonics(2 * Math.PI * phase, sounding);
    }
  };
  return {
    samples,
    reach(end) {
      for (; made < Math.min(end, frames); made += 1) makeFrame(made);
    },
  };
}

function sumOfHarmonics(angle: number, pitch: number): number {
  const count = Math.floor(HIGHEST_HARMONIC / pitch) + 0.5;
  const below = 2 * Math.sin(angle / 2);
  return (Math.abs(below) <= NEAR_ZERO ? count : Math.sin(count * angle) / below) - 0.5;
}
