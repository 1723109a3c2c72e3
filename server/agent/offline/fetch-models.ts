/** The command behind the start and the tests: fetches the recogniser's weights if they are missing. */
import { resolve } from 'node:path';
import process from 'node:process';
import { ensureVoiceModels } from './models/ensure-voice-models.js';

const dir = resolve(process.env.VOICE_MODELS_DIR ?? '.cache/voice');
const onProgress = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
await ensureVoiceModels({ dir, onProgress }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
