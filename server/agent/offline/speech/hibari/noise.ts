/** Noise for the breath in a voice: normally distributed numbers, the same ones in every run. */

/** A power of two. */
const KEPT = 65_536;

/** Takes the next number: of mean 0 and variance 1. */
export type Noise = () => number;

let kept: Float32Array | null = null;

/** A walk through the kept numbers. Another `seed` walks through them elsewhere. */
export function createNoise(seed: number): Noise {
  const numbers = (kept ??= normals(KEPT));
  let at = Math.imul(seed, 40_503) & (KEPT - 1);
  let taken = 0;
  return () => {
    taken += 1;
    // Nothing comes again in the same order: a repeated noise would be heard as a tone.
    at = (at + 1 + 2 * (taken >>> 9)) & (KEPT - 1);
    return numbers[at]!;
  };
}

function normals(count: number): Float32Array {
  const uniform = mulberry(1);
  const numbers = new Float32Array(count);
  for (let index = 0; index < count; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    numbers[index] = radius * Math.cos(angle);
    numbers[index + 1] = radius * Math.sin(angle);
  }
  return numbers;
}

/** Tommy Ettinger's generator: 32 bits of state, 0 to 1. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
