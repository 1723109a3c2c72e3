/** Bodies of answers, read as far as one may be trusted to go. */
import { RestError } from './rest-error.js';

/** Bytes of the longest body that is read. */
const LONGEST = 32 * 1024 * 1024;

/** The body as text. Rejects with `unexpected_answer` as soon as it is longer than 32 MiB; what is left is not read. */
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
