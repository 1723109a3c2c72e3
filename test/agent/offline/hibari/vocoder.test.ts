/** The inverse transform of the neural voice: against the voice's own package, and piece by piece as in one. */
import { describe, expect, it } from 'vitest';
import { createFft } from '../../../../server/agent/offline/speech/hibari/fft.js';
import { trimSilence } from '../../../../server/agent/offline/speech/hibari/trim-silence.js';
import { vocode } from '../../../../server/agent/offline/speech/hibari/vocoder.js';
import type { SpeechFrames } from '../../../../server/agent/offline/speech/hibari/vocoder.js';

const FRAMES = 9;
const HOP = 300;

/** Every 67th sample, from the 11th on, of what the package makes of `speech(-100)`. */
const REFERENCE = [
  -0.0001, -0.0, 0.0, 0.0001, 0.0002, 0.0005, 0.0007, 0.0013, 0.0031, -0.0183, -0.0029, -0.001,
  -0.0004, -0.002, -0.0015, -0.0016, 0.0003, -0.0014, -0.0024, 0.0005, -0.002, -0.0073, -0.0007,
  -0.0019, -0.0082, -0.0009, -0.0021, -0.0014, -0.0013, -0.0353, -0.0012, -0.0015, 0.0008, 0.0008,
  0.0, 0.0002, 0.0001, 0.0, 0.0005, -0.0005, -0.001,
];

/** Made by formulas, so that the package could be given the same. */
function speech(noise: number): SpeechFrames {
  const matrix = (value: (bin: number, frame: number) => number): Float32Array =>
    Float32Array.from({ length: 601 * FRAMES }, (_, at) =>
      value(Math.floor(at / FRAMES), at % FRAMES),
    );
  return {
    frames: FRAMES,
    harmonics: matrix((bin, frame) => -0.004 * bin + 0.1 * Math.sin(frame)),
    turn: matrix((bin, frame) => 0.3 * Math.sin(0.05 * bin + frame)),
    noise: matrix(() => noise),
    free: matrix((bin) => -1 - 0.004 * bin),
    freePhase: matrix((bin, frame) => 0.7 * bin + 1.3 * frame),
    pitch: Float32Array.from([0, 0, 110, 120, 130, 140, 150, 0, 0]),
  };
}

const whole = (pieces: Iterable<Float32Array>): number[] => [...pieces].flatMap((one) => [...one]);

it('transforms as the definition says', () => {
  const length = 60;
  const signal = Array.from({ length }, (_, n) => [Math.sin(n * n), Math.cos(3 * n)] as const);
  const re = Float64Array.from(signal, ([real]) => real);
  const im = Float64Array.from(signal, ([, imaginary]) => imaginary);
  createFft(length)(re, im);
  for (let bin = 0; bin < length; bin += 1) {
    let [sumRe, sumIm] = [0, 0];
    for (const [n, [real, imaginary]] of signal.entries()) {
      const angle = (-2 * Math.PI * bin * n) / length;
      sumRe += real * Math.cos(angle) - imaginary * Math.sin(angle);
      sumIm += real * Math.sin(angle) + imaginary * Math.cos(angle);
    }
    expect(re[bin]).toBeCloseTo(sumRe, 9);
    expect(im[bin]).toBeCloseTo(sumIm, 9);
  }
  expect(() => createFft(14)).toThrow(RangeError);
});

describe('the sound of frames', () => {
  it('is that of the package', () => {
    const samples = whole(vocode(speech(-100), () => FRAMES));
    expect(samples).toHaveLength(FRAMES * HOP);
    for (const [index, expected] of REFERENCE.entries()) {
      expect(Math.abs((samples[11 + 67 * index] ?? NaN) - expected)).toBeLessThan(2e-4);
    }
  });

  it('is the same in pieces as at once, and comes before the rest is computed', () => {
    const pieces = vocode(speech(-3), (index) => (index === 0 ? 1 : 4));
    const first = pieces.next().value as Float32Array;
    expect(first.length).toBeLessThan(3 * HOP);
    expect([...first, ...whole(pieces)]).toEqual(whole(vocode(speech(-3), () => FRAMES)));
  });

  it('has as much noise as it is told', () => {
    const silent = { ...speech(-2), harmonics: speech(-100).noise, free: speech(-100).noise };
    const power = (samples: readonly number[]): number =>
      samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    const [soft, loud] = [-2, -1].map((noise) =>
      power(whole(vocode({ ...silent, noise: speech(noise).noise }, () => FRAMES))),
    );
    expect((loud ?? 0) / (soft ?? 1)).toBeCloseTo(Math.E ** 2, 1);
  });
});

describe('silence around a sentence', () => {
  const sound = (length: number): number[] => Array<number>(length).fill(0.5);
  const silence = (length: number): number[] => Array<number>(length).fill(0.001);
  const trimmed = (...pieces: number[][]): number[] =>
    whole(trimSilence(pieces.map((piece) => Float32Array.from(piece))));

  it('is cut to 20 ms before and 200 ms behind it, and stays within', () => {
    const samples = trimmed(
      silence(6_000),
      [...silence(100), ...sound(200), ...silence(2_000)],
      silence(3_000),
      [...sound(10), ...silence(50)],
      silence(12_000),
    );
    const loud = samples
      .map((one, index) => (one > 0.1 ? index : -1))
      .filter((index) => index >= 0);
    expect(loud).toHaveLength(210);
    expect([loud[0], loud[200]]).toEqual([480, 480 + 200 + 5_000]);
    expect(samples.length - 1 - (loud.at(-1) ?? 0)).toBe(4_800);
  });

  it('is nothing where nothing was said', () => {
    expect(trimmed(silence(5_000), silence(9_000))).toEqual([]);
  });
});
