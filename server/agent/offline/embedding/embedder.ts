/** The port behind which texts become vectors: what two of them have in common is their product. */

/** Gives texts of like meaning like vectors. */
export interface Embedder {
  /** One vector of length 1 a text, in order. Rejects when no model is there; whoever asks then goes by words. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
}

/** How much two vectors of length 1 mean the same: 1 is the same, 0 nothing in common. */
export function likeness(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
