/** Finds where a recording of the page and the sound that the agent hears for itself are the same. */

/** Compared at a fourth of the rate: 4 kHz is enough for a voice, and takes a sixteenth of the time. */
const STEP = 4;
/** At 16 kHz: what is looked for, where in the live sound it is taken from, and how far back it is looked for. */
const PIECE = 3_200;
const HEAD = 9_600;
const TAIL = 32_000;
/** Of a perfect likeness; two codecs of the same voice reach 0.9, other sounds stay under 0.4. */
const ALIKE = 0.6;
/** Root mean square of 16-bit samples under which there is nothing to compare. */
const AUDIBLE = 100;

/** How many samples at the end of `early` are heard again at the begin of `live`; 0 where nothing is alike. */
export function overlapOf(early: Int16Array, live: Int16Array): number {
  const tail = coarse(early.subarray(Math.max(0, early.length - TAIL)));
  const head = coarse(live.subarray(0, HEAD));
  const size = PIECE / STEP;
  const from = loudest(head, size);
  if (from === null) return 0;
  const piece = head.subarray(from, from + size);
  const power = energy(piece);
  let best = 0;
  let found = 0;
  for (let at = from; at + size <= tail.length; at += 1) {
    const there = tail.subarray(at, at + size);
    let product = 0;
    for (let i = 0; i < size; i += 1) product += (piece[i] ?? 0) * (there[i] ?? 0);
    if (product <= 0) continue;
    const likeness = product / Math.sqrt(power * energy(there) + 1);
    if (likeness <= best) continue;
    best = likeness;
    found = tail.length - (at - from);
  }
  return best >= ALIKE ? found * STEP : 0;
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

/** Where the loudest piece begins; `null` when there is none that can be heard. */
function loudest(samples: Float32Array, size: number): number | null {
  let best: number | null = null;
  let most = size * AUDIBLE ** 2;
  for (let at = 0; at + size <= samples.length; at += size >> 2) {
    const here = energy(samples.subarray(at, at + size));
    if (here <= most) continue;
    most = here;
    best = at;
  }
  return best;
}

function energy(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}
