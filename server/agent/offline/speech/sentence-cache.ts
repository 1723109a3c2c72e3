/** The sentences that were said before, in this call or in any, so that they need not be made again. */
import { LRUCache } from 'lru-cache';
import type { SentenceFiles } from './sentence-files.js';

const KEPT_SENTENCES = 200;
/** About six minutes of the neural voice. */
const KEPT_BYTES = 16_777_216;

/** How often a sentence was there already. */
export interface AudioCacheFigures {
  lookups: number;
  hits: number;
  misses: number;
  new_entries: number;
}

/** Keeps sentences. */
export interface SentenceCache {
  /**
   * The sound of `name`, from here or from `speak`; kept once all of it was taken. A sound that `signal` cut short is not.
   * `isForAll`: other calls may have it.
   */
  through(
    name: string,
    signal: AbortSignal,
    speak: () => AsyncIterable<Int16Array>,
    isForAll?: boolean,
  ): AsyncGenerator<Int16Array>;
  readonly figures: Readonly<AudioCacheFigures>;
}

/** Of one call. `files`: what it shares with others; `null`: nothing. */
export function createSentenceCache(files: SentenceFiles | null = null): SentenceCache {
  const kept = new LRUCache<string, Int16Array[]>({
    max: KEPT_SENTENCES,
    maxSize: KEPT_BYTES,
    sizeCalculation: (pieces) => pieces.reduce((bytes, piece) => bytes + piece.byteLength, 1),
  });
  const figures = { lookups: 0, hits: 0, misses: 0, new_entries: 0 };
  return {
    figures,
    async *through(name, signal, speak, isForAll = false) {
      figures.lookups += 1;
      const shared = isForAll ? files : null;
      const known = kept.get(name) ?? (await found(shared, name));
      if (known) {
        figures.hits += 1;
        yield* known;
        return;
      }
      figures.misses += 1;
      const pieces: Int16Array[] = [];
      for await (const piece of speak()) {
        pieces.push(piece);
        yield piece;
      }
      if (signal.aborted) return;
      kept.set(name, pieces);
      figures.new_entries += 1;
      // Nobody waits for it.
      void shared?.write(name, joined(pieces));
    },
  };

  async function found(shared: SentenceFiles | null, name: string): Promise<Int16Array[] | null> {
    const samples = (await shared?.read(name)) ?? null;
    if (samples) kept.set(name, [samples]);
    return samples && [samples];
  }
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  const samples = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return samples;
}
