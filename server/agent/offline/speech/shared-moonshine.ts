/** One recogniser for all calls of a worker: no call loads the model, and no call's audio waits while it computes. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Moonshine, Recognition } from './moonshine.js';

/** Under this name the framework hands a call's request to the shared process. */
export const RECOGNISER = 'offline_recogniser';

/** 32-bit samples as Base64; none asks whether the recogniser is there. */
export interface RecogniserRequest {
  samples: string;
  /** Sentences that are likely. */
  vocabulary: readonly string[];
}

/** What was understood, or why nothing could be. */
export type RecogniserAnswer = Recognition | { fault: string };

/** The framework's way to the shared process. */
export interface SharedProcess {
  doInference(method: string, data: unknown): Promise<unknown>;
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
  const ask = async (
    samples: Float32Array,
    vocabulary: readonly string[],
  ): Promise<Recognition | null> => {
    const request: RecogniserRequest = { samples: encodeSamples(samples), vocabulary };
    const given = new AbortController();
    const answer = await Promise.race([
      shared.doInference(RECOGNISER, request).catch(() => null),
      wait(answerMs, null, { signal: given.signal }).catch(() => null),
    ]);
    given.abort();
    if (answer === null) return null;
    const told = answer as RecogniserAnswer;
    if ('fault' in told) throw new Error(told.fault);
    return told;
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

/** Samples as text, for a channel that carries JSON. */
export function encodeSamples(samples: Float32Array): string {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
}

/** Undoes `encodeSamples`. */
export function decodeSamples(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}
