/** Sound from what the acoustic network says of each frame: an inverse Fourier transform, frame by frame. */
import { createFft } from './fft.js';
import { createNoise } from './noise.js';
import type { Noise } from './noise.js';
import { createPulseTrain } from './pulse-train.js';
import { HOP } from './voice-rate.js';

/** Of one transform; four frames overlap. */
const LENGTH = 1_200;
const OVERLAP = LENGTH / HOP;
/** Frequencies of a frame. */
const BINS = LENGTH / 2 + 1;
/** Keeps a magnitude from running away. */
const LOUDEST = 7;

/** The network's answer for a sentence: `[BINS, frames]` each, `pitch` in Hz a frame. */
export interface SpeechFrames {
  frames: number;
  /** Logarithm of the harmonics' magnitude, and their phase before `tanh`. */
  harmonics: Float32Array;
  turn: Float32Array;
  /** Logarithm of the noise's magnitude. */
  noise: Float32Array;
  /** Logarithm of the magnitude of what is neither, and its phase. */
  free: Float32Array;
  freePhase: Float32Array;
  pitch: Float32Array;
}

const WINDOW = Float64Array.from(
  { length: LENGTH },
  (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / LENGTH),
);
/** A cosine of amplitude one has the magnitude one. */
const SOURCE_WINDOW = WINDOW.map((value) => value / (LENGTH / 4));
const transform = createFft(LENGTH);

/** Yields the sentence's samples, −1 to 1 or a little over: `piece(index)` frames a piece, `frames × HOP` samples in all. */
export function* vocode(
  speech: SpeechFrames,
  piece: (index: number) => number,
): Generator<Float32Array> {
  const { frames } = speech;
  const pulses = createPulseTrain(speech.pitch);
  const noise = createNoise(frames);
  const re = new Float64Array(LENGTH);
  const im = new Float64Array(LENGTH);
  /** Blocks of `HOP` samples; the first two lie before the sentence, the last two behind it. */
  const sum = new Float32Array((frames + OVERLAP) * HOP);
  let given = OVERLAP / 2;
  let pieces = 0;
  // Two frames a transform: one is its real part, the other its imaginary part.
  for (let frame = 0; frame < frames; frame += 2) {
    pulses.reach(frame + 1 + OVERLAP / 2);
    const start = frame * HOP - LENGTH / 2;
    for (let n = 0; n < LENGTH; n += 1) {
      re[n] = reflected(pulses.samples, start + n) * SOURCE_WINDOW[n]!;
      im[n] = reflected(pulses.samples, start + HOP + n) * SOURCE_WINDOW[n]!;
    }
    transform(re, im);
    shape(speech, frame, noise, re, im);
    // The inverse transform is the transform with its parts exchanged.
    transform(im, re);
    const isAlone = frame + 1 === frames;
    for (let n = 0; n < LENGTH; n += 1) {
      sum[frame * HOP + n]! += (re[n]! * WINDOW[n]!) / LENGTH;
      if (!isAlone) sum[(frame + 1) * HOP + n]! += (im[n]! * WINDOW[n]!) / LENGTH;
    }
    const isLast = frame + 2 >= frames;
    const ready = isLast ? frames + OVERLAP / 2 : frame + 2;
    if (!isLast && ready - given < piece(pieces)) continue;
    yield levelled(sum, given, ready, frames);
    given = ready;
    pieces += 1;
  }
}

function reflected(samples: Float32Array, index: number): number {
  if (index < 0) return samples[-index] ?? 0;
  if (index < samples.length) return samples[index]!;
  return samples[2 * samples.length - 2 - index] ?? 0;
}

/** From the spectrum of the pulses of two frames to that of their speech. */
function shape(
  speech: SpeechFrames,
  frame: number,
  noise: Noise,
  re: Float64Array,
  im: Float64Array,
): void {
  const second = Math.min(frame + 1, speech.frames - 1);
  for (let bin = 0; bin < BINS; bin += 1) {
    const mirror = bin === 0 ? 0 : LENGTH - bin;
    const sumRe = (re[bin]! + re[mirror]!) / 2;
    const sumIm = (im[bin]! + im[mirror]!) / 2;
    const lessRe = (re[mirror]! - re[bin]!) / 2;
    const lessIm = (im[bin]! - im[mirror]!) / 2;
    voice(speech, frame, bin, noise, sumRe, lessIm, first);
    voice(speech, second, bin, noise, sumIm, lessRe, other);
    // The ends of a real signal's spectrum are real.
    if (bin === 0 || bin === BINS - 1) first[1] = other[1] = 0;
    re[bin] = first[0]! - other[1]!;
    im[bin] = first[1]! + other[0]!;
    re[mirror] = first[0]! + other[1]!;
    im[mirror] = other[0]! - first[1]!;
  }
}

const first = new Float64Array(2);
const other = new Float64Array(2);

/** One frequency of one frame: its harmonic turned and made as loud as the network says, noise, and the rest. */
function voice(
  speech: SpeechFrames,
  frame: number,
  bin: number,
  noise: Noise,
  re: number,
  im: number,
  out: Float64Array,
): void {
  const at = bin * speech.frames + frame;
  const breath = magnitude(speech.noise[at]!);
  const free = magnitude(speech.free[at]!);
  const phase = speech.freePhase[at]!;
  out[0] = breath * noise() + free * Math.cos(phase);
  out[1] = breath * noise() + free * Math.sin(phase);
  if (re === 0 && im === 0) return;
  const loudness = magnitude(speech.harmonics[at]!);
  const turn = Math.PI * Math.tanh(speech.turn[at]!);
  const cos = loudness * Math.cos(turn);
  const sin = loudness * Math.sin(turn);
  out[0] += re * cos - im * sin;
  out[1] += re * sin + im * cos;
}

function magnitude(logarithm: number): number {
  return Math.exp(Math.min(logarithm, LOUDEST));
}

/** The blocks from `start` to `end`, each divided by the windows that lie over it. */
function levelled(sum: Float32Array, start: number, end: number, frames: number): Float32Array {
  const samples = sum.slice(start * HOP, end * HOP);
  for (let block = start; block < end; block += 1) {
    for (let j = 0; j < HOP; j += 1) {
      let windows = 0;
      for (let k = Math.max(0, block - frames + 1); k < Math.min(OVERLAP, block + 1); k += 1) {
        windows += WINDOW[k * HOP + j]! ** 2;
      }
      samples[(block - start) * HOP + j]! /= Math.max(windows, 1e-11);
    }
  }
  return samples;
}
