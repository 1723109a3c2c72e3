/** One embedder for all calls of a worker: a version's facts are embedded once, and no call loads the model. */
import { askShared, decodeNumbers } from '../shared-process.js';
import type { SharedProcess } from '../shared-process.js';
import type { Embedder } from './embedder.js';
import { keepVectors } from './keep-vectors.js';

/** Under this name a call asks the shared process for it. */
export const EMBEDDER = 'offline_embedder';

/** Loading takes less than a second, and a handful of sentences a tenth of one. */
const ANSWER_MS = 5_000;
/** Facts and examples of one version, and what one caller said: 1.5 kB each. */
const KEPT_BY_CALL = 4_096;

/** A few sentences. */
export interface EmbedderRequest {
  texts: readonly string[];
}

/** A text's numbers each, as Base64. */
export interface EmbedderAnswer {
  vectors: readonly string[];
}

/** Loads nothing before it is first asked. Its `embed` rejects when the model was not fetched or the shared process is away. */
export function openSharedEmbedder(shared: SharedProcess, answerMs = ANSWER_MS): Embedder {
  return keepVectors(
    {
      async embed(texts) {
        const request: EmbedderRequest = { texts };
        const answer = await askShared<EmbedderAnswer>(shared, EMBEDDER, request, answerMs);
        if (answer === null) throw new Error('The shared process does not answer.');
        return answer.vectors.map(decodeNumbers);
      },
    },
    KEPT_BY_CALL,
  );
}
