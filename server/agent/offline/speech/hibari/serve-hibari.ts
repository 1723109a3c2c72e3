/** The neural voice in the process that all calls of a worker share: a thread speaks, so that the recogniser need not wait. */
import { Worker } from 'node:worker_threads';
// Loaded here first: were it loaded by the thread alone, one that replaces a dead thread could not load it again.
import 'onnxruntime-node';
import { answerShared, encodeNumbers } from '../../shared-process.js';
import type { SharedService } from '../../shared-process.js';
import { openThread } from '../open-thread.js';
import type { HibariPiece, HibariQuestion } from './hibari-thread.js';
import type { VoicePiece, VoiceRequest } from './shared-hibari.js';

/** It needs 50 MB. Left alone it keeps what loading leaves behind, 60 MB more, for as long as the worker runs. */
const THREAD_HEAP = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 };

/** Loads at once: the voice is there before a first caller is, or flite speaks. */
export function serveHibari(
  modelsDir: string,
): SharedService<VoiceRequest, VoicePiece> & { close(): Promise<void> } {
  const thread = openThread<HibariQuestion, HibariPiece>(
    new URL('./hibari-thread.js', import.meta.url),
    modelsDir,
    (url, workerData) => new Worker(url, { workerData, resourceLimits: THREAD_HEAP }),
  );
  thread.ask({ say: '', speed: 1 }).catch(() => undefined);
  return {
    answer: (request) =>
      answerShared(async () => {
        const { pcm, handle } = await thread.ask(request);
        return { pcm: encodeNumbers(pcm), handle };
      }),
    close: thread.close,
  };
}
