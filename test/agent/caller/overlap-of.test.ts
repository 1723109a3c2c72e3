/** Where the page's recording and the live sound meet: no word twice, and none lost. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { overlapOf } from '../../../server/agent/caller/overlap-of.js';

const file = readFileSync(new URL('../../audio/af_heart-hours.wav', import.meta.url)).subarray(44);
const voice = Int16Array.from({ length: file.length >> 1 }, (_, i) => file.readInt16LE(i * 2));

/** As another codec would have it: quieter, and with noise of a fixed sequence. */
function asHeard(samples: Int16Array): Int16Array {
  let seed = 1;
  return samples.map((sample) => {
    seed = (seed * 16_807) % 2_147_483_647;
    return sample * 0.7 + (seed % 200) - 100;
  });
}

it.each([0.4, 0.9, 1.3])('is found in the middle of a sentence, after %s s', (second) => {
  const live = asHeard(voice.subarray(second * 16_000));
  for (const repeated of [3_600, 8_000, 16_000]) {
    const early = voice.subarray(0, second * 16_000 + repeated);
    if (early.length <= repeated) continue;
    expect(Math.abs(overlapOf(early, live) - repeated)).toBeLessThanOrEqual(16);
  }
});

it('is none between sounds that have nothing to do with each other', () => {
  expect(overlapOf(voice.subarray(0, 16_000), asHeard(voice.subarray(24_000)))).toBe(0);
  expect(overlapOf(voice, new Int16Array(16_000))).toBe(0);
  expect(overlapOf(voice, new Int16Array(0))).toBe(0);
  expect(overlapOf(new Int16Array(0), voice)).toBe(0);
});
