/** The neural voice in the process that all calls of a worker share: a thread speaks, so that the recogniser need not wait. */
import process from 'node:process';
import { Worker } from 'node:worker_threads';
// Loaded here first: were it loaded by the thread alone, one that replaces a dead thread could not load it again.
import 'onnxruntime-node';
import { readAgentConfig } from './config/agent-config.js';
import type { HibariPiece, HibariQuestion } from './offline/speech/hibari/hibari-thread.js';
import type { VoicePiece, VoiceRequest } from './offline/speech/hibari/shared-hibari.js';
import { openThread } from './offline/speech/open-thread.js';
import { answerShared, encodeNumbers } from './offline/shared-process.js';
import type { SharedAnswer } from './offline/shared-process.js';

/** It needs 50 MB. Left alone it keeps what loading leaves behind, 60 MB more, for as long as the worker runs. */
const THREAD_HEAP = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 };

const result = readAgentConfig(process.env);
const thread = openThread<HibariQuestion, HibariPiece>(
  new URL('./offline/speech/hibari/hibari-thread.js', import.meta.url),
  result.ok ? result.config.voiceModelsDir : '',
  (url, workerData) => new Worker(url, { workerData, resourceLimits: THREAD_HEAP }),
);

/** What the framework wants as a file's default export. */
export default class SharedVoice {
  /** The worker does not wait: the voice is loaded before a first caller is there, or flite speaks. */
  initialize(): Promise<void> {
    thread.ask({ say: '', speed: 1 }).catch(() => undefined);
    return Promise.resolve();
  }

  run(request: VoiceRequest): Promise<SharedAnswer<VoicePiece>> {
    return answerShared(async () => {
      const { pcm, handle } = await thread.ask(request);
      return { pcm: encodeNumbers(pcm), handle };
    });
  }

  close(): Promise<void> {
    return thread.close();
  }
}
