/**
 * Remembers vectors by the hashes of their texts: a version's facts are the same in every call, and a call's sentences at
 * every turn. What a caller says does not stay here.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Embedder } from './embedder.js';

/** Asks for so many at a time, so that others who ask get a turn in between. */
const AT_A_TIME = 16;

/** Keeps the latest `most` (16 or more). What is on its way is not asked for again; what failed is. */
export function keepVectors(embedder: Embedder, most: number): Embedder {
  const kept = new LRUCache<string, Promise<Float32Array>>({ max: most });

  function ask(texts: readonly string[]): void {
    const answer = embedder.embed(texts);
    texts.forEach((text, at) => {
      const vector = answer.then((vectors) => {
        const one = vectors[at];
        if (!one) throw new Error('The embedder gave too few vectors.');
        return one;
      });
      vector.catch(() => {
        if (kept.peek(keyOf(text)) === vector) kept.delete(keyOf(text));
      });
      kept.set(keyOf(text), vector);
    });
  }

  return {
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += AT_A_TIME) {
        const some = texts.slice(at, at + AT_A_TIME);
        const missing = [...new Set(some)].filter((text) => !kept.has(keyOf(text)));
        if (missing.length > 0) ask(missing);
        const wanted = some.map((text) => kept.get(keyOf(text))).filter((one) => one !== undefined);
        vectors.push(...(await Promise.all(wanted)));
      }
      return vectors;
    },
  };
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
