/** One recogniser for all calls of a worker: no call loads the model, and no call's audio waits while it computes. */
import { askShared, encodeNumbers } from '../shared-process.js';
import type { SharedProcess } from '../shared-process.js';
import type { Moonshine, Recognition } from './moonshine.js';

/** Under this name a call asks the shared process for it. */
export const RECOGNISER = 'offline_recogniser';

/** 32-bit samples as Base64; none asks whether the recogniser is there. */
export interface RecogniserRequest {
  samples: string;
  /** Sentences that are likely. */
  vocabulary: readonly string[];
}

/**
 * Asks the shared process; once it does not answer within `answerMs` milliseconds, the call loads a recogniser of its
 * own with `loadOwn` and keeps to it. Throws when the shared one has no weights.
 */
export async function openSharedMoonshine(
  shared: SharedProcess,
  loadOwn: () => Promise<Moonshine>,
  answerMs = 5_000,
): Promise<Moonshine> {
  let own: Promise<Moonshine> | null = null;
  const ask = (
    samples: Float32Array,
    vocabulary: readonly string[],
  ): Promise<Recognition | null> => {
    const request: RecogniserRequest = { samples: encodeNumbers(samples), vocabulary };
    return askShared<Recognition>(shared, RECOGNISER, request, answerMs);
  };
  if ((await ask(new Float32Array(), [])) === null) await (own = loadOwn());
  return {
    async recognize(samples, vocabulary = []) {
      const heard = own === null ? await ask(samples, vocabulary) : null;
      if (heard) return heard;
      own ??= loadOwn();
      return (await own).recognize(samples, vocabulary);
    },
  };
}
