/** The files of the neural voice, for the tests that need them. */
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { hibariFiles } from '../../../../server/agent/offline/models/model-files.js';

/** Where models lie on this machine. */
export const modelsDir =
  process.env.VOICE_MODELS_DIR ??
  fileURLToPath(new URL('../../../../.cache/voice', import.meta.url));

/** `null` on a machine that could not fetch them. */
export const voiceFiles = hibariFiles(modelsDir);

/** Tests that are left out, with a line that says why, where the voice is not. */
export function describeVoice(title: string, tests: () => void): void {
  if (!voiceFiles) console.log(`${title}: left out, because ${modelsDir} has no neural voice.`);
  describe.skipIf(!voiceFiles)(title, tests);
}
