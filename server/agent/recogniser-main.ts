/** The process of the offline recogniser: the framework forks it, and all calls of a worker share it. */
import process from 'node:process';
import { readAgentConfig } from './config/agent-config.js';
import { loadOnce } from './offline/load-once.js';
import { loadMoonshine } from './offline/speech/moonshine.js';
import type { Moonshine, Recognition } from './offline/speech/moonshine.js';
import { answerShared, decodeNumbers } from './offline/shared-process.js';
import type { SharedAnswer } from './offline/shared-process.js';
import type { RecogniserRequest } from './offline/speech/shared-moonshine.js';

const SAMPLE_RATE = 16_000;

const result = readAgentConfig(process.env);

// The worker is gone, and its calls with it.
const end = (): void => process.exit(0);
process.once('disconnect', end);

/** Runs it once, so that the first turn is as quick as the others. */
const load = loadOnce(async (): Promise<Moonshine> => {
  if (!result.ok) throw new Error(result.faults.join(' '));
  const moonshine = await loadMoonshine(result.config.voiceModelsDir);
  await moonshine.recognize(new Float32Array(SAMPLE_RATE));
  return moonshine;
});

/** What the framework wants as a file's default export. */
export default class SharedRecogniser {
  /** The worker does not wait for the weights: the first caller will not have spoken before they are loaded. */
  initialize(): Promise<void> {
    load().catch(() => undefined);
    return Promise.resolve();
  }

  run({ samples, vocabulary }: RecogniserRequest): Promise<SharedAnswer<Recognition>> {
    return answerShared(async () => {
      const moonshine = await load();
      if (samples === '') return { text: '', confidence: 0 };
      return moonshine.recognize(decodeNumbers(samples), vocabulary);
    });
  }

  close(): Promise<void> {
    // While anybody listens to the channel, this process does not end.
    process.off('disconnect', end);
    return Promise.resolve();
  }
}
