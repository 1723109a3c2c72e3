/** Cuts a turn to what the recogniser likes: speech with a little silence around it. */

const SAMPLE_RATE = 16_000;
const WINDOW = 320;
const QUIET = 0.004;

/** Speech without long silence at its ends, with `paddingMs` of silence on both sides. */
export function prepareSamples(pcm: Int16Array, paddingMs: number): Float32Array {
  const [from, to] = loudPart(pcm);
  const padding = Math.round((paddingMs / 1000) * SAMPLE_RATE);
  const out = new Float32Array(to - from + 2 * padding);
  for (let i = from; i < to; i += 1) out[padding + i - from] = (pcm[i] ?? 0) / 32_768;
  return out;
}

function loudPart(pcm: Int16Array): [number, number] {
  let first = -1;
  let last = -1;
  for (let start = 0; start < pcm.length; start += WINDOW) {
    if (level(pcm, start) < QUIET) continue;
    if (first < 0) first = start;
    last = start + WINDOW;
  }
  if (first < 0) return [0, pcm.length];
  // The first and last sounds of a word are often softer than the threshold.
  return [Math.max(0, first - 10 * WINDOW), Math.min(pcm.length, last + 10 * WINDOW)];
}

function level(pcm: Int16Array, start: number): number {
  const end = Math.min(pcm.length, start + WINDOW);
  let sum = 0;
  for (let i = start; i < end; i += 1) sum += ((pcm[i] ?? 0) / 32_768) ** 2;
  return Math.sqrt(sum / Math.max(1, end - start));
}
