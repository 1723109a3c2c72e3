/** Loudness as a person would judge it. */
import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../sdk/audio/level-meter.js';

const tone = (amplitude: number) =>
  Float32Array.from({ length: 2048 }, (_, i) => amplitude * Math.sin(i / 5));

describe('levelOf', () => {
  it('is 0 in silence and 1 at full volume', () => {
    expect(levelOf(tone(0))).toBe(0);
    expect(levelOf(tone(1))).toBe(1);
  });

  it('rises with loudness and stays between', () => {
    const levels = [0.005, 0.02, 0.1, 0.3].map((amplitude) => levelOf(tone(amplitude)));
    expect([...levels].sort((a, b) => a - b)).toEqual(levels);
    expect(Math.min(...levels)).toBeGreaterThan(0);
    expect(Math.max(...levels)).toBeLessThan(1);
  });
});
