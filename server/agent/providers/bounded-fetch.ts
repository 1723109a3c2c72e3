/** What OpenAI's client is given to fetch with: it reads refusals and lines as long as they come. */
import { LONGEST_ANSWER } from './bounded-text.js';

/** A long answer that comes letter by letter, each in an event of its own. */
const LONGEST_BODY = 16 * LONGEST_ANSWER;

/** The body breaks off, with one sentence, where it or one of its events does not end. Throws what `fetch` throws. */
export async function boundedFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const { body, status, statusText, headers } = response;
  if (!body) return response;
  return new Response(bounded(body as AsyncIterable<Uint8Array>), { status, statusText, headers });
}

async function* bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  let eventLength = 0;
  for await (const piece of body) {
    const end = endOfEvent(piece);
    eventLength = end === -1 ? eventLength + piece.length : piece.length - end;
    length += piece.length;
    if (eventLength > LONGEST_ANSWER || length > LONGEST_BODY) {
      throw new Error('its answer did not end');
    }
    yield piece;
  }
}

/** Of the last one, which a blank line ends; -1 for none. */
function endOfEvent(piece: Uint8Array): number {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
  return Math.max(bytes.lastIndexOf('\n\n'), bytes.lastIndexOf('\n\r\n'));
}
