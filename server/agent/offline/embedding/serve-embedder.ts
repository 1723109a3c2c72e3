/** The sentence embedder in the process that all calls of a worker share. */
import { join } from 'node:path';
import { loadOnce } from '../load-once.js';
import { hasModels } from '../models/model-files.js';
import { MINILM } from '../models/model-sets.js';
import { answerShared, encodeNumbers } from '../shared-process.js';
import type { SharedService } from '../shared-process.js';
import type { Embedder } from './embedder.js';
import { keepVectors } from './keep-vectors.js';
import { loadMiniLm } from './minilm.js';
import type { EmbedderAnswer, EmbedderRequest } from './shared-embedder.js';

/** Of all versions that a worker runs: about 15 MB. */
const KEPT = 8_192;

/** Most versions do without: the first that asks has it loaded. */
export function serveEmbedder(modelsDir: string): SharedService<EmbedderRequest, EmbedderAnswer> {
  const load = loadOnce(async (): Promise<Embedder> => {
    if (!hasModels(MINILM, modelsDir)) throw new Error('The sentence embeddings were not fetched.');
    return keepVectors(await loadMiniLm(join(modelsDir, MINILM.folder)), KEPT);
  });
  return {
    answer: ({ texts }) =>
      answerShared(async () => {
        const embedder = await load();
        return { vectors: (await embedder.embed(texts)).map(encodeNumbers) };
      }),
  };
}
