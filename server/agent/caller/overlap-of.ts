/** Finds where a recording of the page and the sound that the agent hears for itself are the same. */

/** Compared at a fourth of the rate: 4 kHz is enough for a voice, and takes a sixteenth of the time. */
const STEP = 4;
/** At 4 kHz. Less is not worth cutting, more does not happen. */
const SHORTEST = 240;
const LONGEST = 5_000;
/** Of a perfect likeness; two codecs of the same voice come near it. */
const ALIKE = 0.75;
/** Root mean square of 16-bit samples under which there is nothing to compare. */
const AUDIBLE = 60;

/** How many samples at the end of `early` are heard again at the begin of `live`; 0 where nothing is alike. */
export function overlapOf(early: Int16Array, live: Int16Array): number {
  const tail = coarse(early.subarray(Math.max(0, early.length - LONGEST * STEP)));
  const head = coarse(live.subarray(0, LONGEST * STEP));
  const ofTail = energies(tail);
  const ofHead = energies(head);
  let best = ALIKE;
  let found = 0;
  for (let size = SHORTEST; size <= Math.min(tail.length, head.length); size += 1) {
    const from = tail.length - size;
    const there = (ofTail[tail.length] ?? 0) - (ofTail[from] ?? 0);
    const here = ofHead[size] ?? 0;
    if (Math.min(there, here) < size * AUDIBLE ** 2) continue;
    let product = 0;
    for (let i = 0; i < size; i += 1) product += (tail[from + i] ?? 0) * (head[i] ?? 0);
    const likeness = product / Math.sqrt(there * here);
    if (likeness <= best) continue;
    best = likeness;
    found = size;
  }
  return found * STEP;
}

/** Means of four samples each. */
function coarse(samples: Int16Array): Float32Array {
  const means = new Float32Array(Math.floor(samples.length / STEP));
  for (let i = 0; i < means.length; i += 1) {
    let sum = 0;
    for (let k = 0; k < STEP; k += 1) sum += samples[i * STEP + k] ?? 0;
    means[i] = sum / STEP;
  }
  return means;
}

/** Of everything before each sample. */
function energies(samples: Float32Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  for (let i = 0; i < samples.length; i += 1) {
    sums[i + 1] = (sums[i] ?? 0) + (samples[i] ?? 0) ** 2;
  }
  return sums;
}
