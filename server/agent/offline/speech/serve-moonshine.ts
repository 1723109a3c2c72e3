/** The recogniser in the process that all calls of a worker share. */
import { loadOnce } from '../load-once.js';
import { answerShared, decodeNumbers } from '../shared-process.js';
import type { SharedService } from '../shared-process.js';
import { loadMoonshine } from './moonshine.js';
import type { Moonshine, Recognition } from './moonshine.js';
import type { RecogniserRequest } from './shared-moonshine.js';

const SAMPLE_RATE = 16_000;

/** Loads at once: the first caller will not have spoken before. */
export function serveMoonshine(modelsDir: string): SharedService<RecogniserRequest, Recognition> {
  // Runs it once, so that the first turn is as quick as the others.
  const load = loadOnce(async (): Promise<Moonshine> => {
    const moonshine = await loadMoonshine(modelsDir);
    await moonshine.recognize(new Float32Array(SAMPLE_RATE));
    return moonshine;
  });
  load().catch(() => undefined);
  return {
    answer: ({ samples, vocabulary }) =>
      answerShared(async () => {
        const moonshine = await load();
        if (samples === '') return { text: '', confidence: 0 };
        return moonshine.recognize(decodeNumbers(samples), vocabulary);
      }),
  };
}
