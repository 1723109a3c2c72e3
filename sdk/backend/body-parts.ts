/** Reads an answer part by part, as it comes. */
import { RestError } from '../rest/core/rest-error.js';
import { throwIfAborted } from '../rest/core/retry.js';

/** How an answer is divided. */
export interface BodyParts {
  /** What each part ends with. */
  end: string;
  /** No part is longer, in MiB. */
  mostMiB: number;
  signal: AbortSignal | undefined;
}

/**
 * The parts without their ends; what comes after the last end is none. Whoever stops taking them ends the request. Throws
 * `aborted`, or `unexpected_answer` for a part that is too long.
 */
export async function* bodyParts(
  { body }: Response,
  { end, mostMiB, signal }: BodyParts,
): AsyncGenerator<string, void, undefined> {
  if (!body) return;
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const stop = (): void => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', stop);
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfAborted(signal);
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split(end);
      rest = parts.pop() ?? '';
      if (rest.length > mostMiB * 1024 * 1024) {
        throw new RestError('unexpected_answer', `A part of the answer exceeds ${mostMiB} MiB.`);
      }
      yield* parts;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}
