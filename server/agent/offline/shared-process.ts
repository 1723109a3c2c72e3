/** How a call asks the process that all calls of a worker share, and how that answers. */
import { LATE, within } from '../providers/within.js';

/** The way to the shared process. */
export interface SharedProcess {
  /** Rejects when it is gone; asked again, the process that replaces it answers. */
  ask(method: string, data: unknown): Promise<object>;
}

/** One of the things that the shared process does. */
export interface SharedService<Request, Answer extends object> {
  answer(request: Request): Promise<SharedAnswer<Answer>>;
}

/** What one asked for, or why it cannot be had: an error would arrive without its message. */
export type SharedAnswer<Answer> = Answer | { fault: string };

/**
 * `null` when it is gone, or does not answer within `answerMs` milliseconds. Throws what the process says that it lacks.
 * `tries`: 2 ask once more when it dies meanwhile, of the one that replaces it.
 */
export async function askShared<Answer extends object>(
  shared: SharedProcess,
  method: string,
  request: unknown,
  answerMs: number,
  tries = 2,
): Promise<Answer | null> {
  const ask = (left: number): Promise<object | null> =>
    shared.ask(method, request).catch(() => (left > 1 ? ask(left - 1) : null));
  const answer = (await within(ask(tries), answerMs)) as SharedAnswer<Answer> | null | typeof LATE;
  if (answer === LATE || answer === null) return null;
  if ('fault' in answer) throw new Error(String(answer.fault));
  return answer;
}

/** In the shared process: what `work` answers, or what it threw. */
export async function answerShared<Answer extends object>(
  work: () => Promise<Answer>,
): Promise<SharedAnswer<Answer>> {
  try {
    return await work();
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

/** Numbers as text, for a channel that carries JSON. */
export function encodeNumbers(numbers: Float32Array | Int16Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}

/** Undoes `encodeNumbers` for 32-bit ones. */
export function decodeNumbers(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}
