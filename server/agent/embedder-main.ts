/** The sentence embedder in the process that all calls of a worker share, beside the recogniser. */
import { join } from 'node:path';
import process from 'node:process';
import { readAgentConfig } from './config/agent-config.js';
import type { Embedder } from './offline/embedding/embedder.js';
import { keepVectors } from './offline/embedding/keep-vectors.js';
import { loadMiniLm } from './offline/embedding/minilm.js';
import type { EmbedderAnswer, EmbedderRequest } from './offline/embedding/shared-embedder.js';
import { loadOnce } from './offline/load-once.js';
import { hasModels } from './offline/models/model-files.js';
import { MINILM } from './offline/models/model-sets.js';
import { answerShared, encodeNumbers } from './offline/shared-process.js';
import type { SharedAnswer } from './offline/shared-process.js';

/** Of all versions that a worker runs: about 15 MB. */
const KEPT = 8_192;

const result = readAgentConfig(process.env);

const load = loadOnce(async (): Promise<Embedder> => {
  if (!result.ok) throw new Error(result.faults.join(' '));
  const { voiceModelsDir } = result.config;
  if (!hasModels(MINILM, voiceModelsDir)) {
    throw new Error('The sentence embeddings were not fetched.');
  }
  return keepVectors(await loadMiniLm(join(voiceModelsDir, MINILM.folder)), KEPT);
});

/** What the framework wants as a file's default export. */
export default class SharedEmbedder {
  /** Most versions do without: the first that asks has it loaded. */
  initialize(): Promise<void> {
    return Promise.resolve();
  }

  run({ texts }: EmbedderRequest): Promise<SharedAnswer<EmbedderAnswer>> {
    return answerShared(async () => {
      const embedder = await load();
      return { vectors: (await embedder.embed(texts)).map(encodeNumbers) };
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
