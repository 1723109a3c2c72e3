/** How a call asks the process that all calls of a worker share. */
import { LATE, within } from '../providers/within.js';

/** The framework's way to the shared process. */
export interface SharedProcess {
  doInference(method: string, data: unknown): Promise<unknown>;
}

/** `null` when it is gone, or does not answer within `answerMs` milliseconds. Throws what the process says that it lacks. */
export async function askShared<Answer extends object>(
  shared: SharedProcess,
  method: string,
  request: unknown,
  answerMs: number,
): Promise<Answer | null> {
  const asked = shared.doInference(method, request).catch(() => null);
  const answer = (await within(asked, answerMs)) as Answer | { fault: string } | null | typeof LATE;
  if (answer === LATE || answer === null) return null;
  if ('fault' in answer) throw new Error(String(answer.fault));
  return answer;
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
