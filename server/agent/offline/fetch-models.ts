/** The command behind the start and the tests: fetches the models of the offline agent that are missing. */
import { resolve } from 'node:path';
import process from 'node:process';
import { ensureModels } from './models/ensure-models.js';

const { env } = process;
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => {
    stopping.abort();
  });
}

await ensureModels({
  dir: resolve(env.VOICE_MODELS_DIR || '.cache/voice'),
  env,
  wheels: env.VOICE_WHEELS?.trim() || undefined,
  onProgress(sentence) {
    if (!stopping.signal.aborted) process.stdout.write(`${sentence}\n`);
  },
  signal: stopping.signal,
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
