/** The sentences that a call has heard before, so that they need not be made again. */
import { LRUCache } from 'lru-cache';

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
  /** The sound of `name`, from here or from `speak`; kept once all of it was taken. A sound that `signal` cut short is not. */
  through(
    name: string,
    signal: AbortSignal,
    speak: () => AsyncIterable<Int16Array>,
  ): AsyncGenerator<Int16Array>;
  readonly figures: Readonly<AudioCacheFigures>;
}

/** Of one call. */
export function createSentenceCache(): SentenceCache {
  const kept = new LRUCache<string, Int16Array[]>({
    max: KEPT_SENTENCES,
    maxSize: KEPT_BYTES,
    sizeCalculation: (pieces) => pieces.reduce((bytes, piece) => bytes + piece.byteLength, 1),
  });
  const figures = { lookups: 0, hits: 0, misses: 0, new_entries: 0 };
  return {
    figures,
    async *through(name, signal, speak) {
      figures.lookups += 1;
      const known = kept.get(name);
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
    },
  };
}
