/** The files of the neural voice, for the tests that need them. */
import { describe } from 'vitest';
import { hibariFiles } from '../../../../server/agent/offline/models/model-files.js';
import { modelsDir } from '../../../support/models.js';

/** `null` on a machine that could not fetch them. */
export const voiceFiles = hibariFiles(modelsDir);

/** Tests that are left out, with a line that says why, where the voice is not. */
export function describeVoice(title: string, tests: () => void): void {
  if (!voiceFiles) console.log(`${title}: left out, because ${modelsDir} has no neural voice.`);
  describe.skipIf(!voiceFiles)(title, tests);
}
