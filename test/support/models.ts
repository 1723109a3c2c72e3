/** The offline agent's models, as far as this machine could fetch them. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasModels } from '../../server/agent/offline/models/model-files.js';
import { MINILM } from '../../server/agent/offline/models/model-sets.js';

/** Where models lie on this machine. */
export const modelsDir =
  process.env.VOICE_MODELS_DIR ?? fileURLToPath(new URL('../../.cache/voice', import.meta.url));

/** The folder of the sentence embeddings; `null` on a machine that could not fetch them. */
export const miniLm = hasModels(MINILM, modelsDir) ? join(modelsDir, MINILM.folder) : null;

if (!miniLm) console.log(`What is found by meaning: left out, because ${modelsDir} has no minilm.`);
