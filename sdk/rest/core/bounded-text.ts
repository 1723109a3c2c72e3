/** Reads the body of an answer up to a limit. */
import { RestError } from './rest-error.js';

/** Limit in bytes: 32 MiB. */
const LONGEST = 32 * 1024 * 1024;

/** The body as text. Rejects with `unexpected_answer` as soon as it exceeds 32 MiB, and stops reading. */
export async function boundedText({ body, status }: Response): Promise<string> {
  if (!body) return '';
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > LONGEST) {
      void reader.cancel().catch(() => {});
      throw new RestError('unexpected_answer', 'The answer is longer than 32 MiB.', { status });
    }
    text += decoder.decode(value, { stream: true });
  }
}
