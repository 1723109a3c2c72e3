/** What OpenAI's client is given to fetch with: it reads refusals and lines as long as they come. */
import { LONGEST_ANSWER } from './bounded-text.js';
import { within } from './within.js';

/** A long answer that comes letter by letter, each in an event of its own. */
const LONGEST_BODY = 16 * LONGEST_ANSWER;

const OVER = 'data: [DONE]';
/** The end of a body that says it is over comes at once, and keeps the line for the next question; or never. */
const LINGER_MS = 250;

/** The body ends behind `[DONE]`; it breaks off, with one sentence, where it or one of its events does not end. Throws what `fetch` throws. */
export async function boundedFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const { body, status, statusText, headers } = response;
  if (!body) return response;
  return new Response(bounded(body.getReader()), { status, statusText, headers });
}

async function* bounded(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  let eventLength = 0;
  try {
    for (;;) {
      const { done, value: piece } = await reader.read();
      if (done) return;
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
      const isOver =
        (eventLength === 0 && bytes.indexOf(OVER) === 0) || bytes.includes(`\n${OVER}`);
      const end = endOfEvent(bytes);
      eventLength = end === 0 ? eventLength + piece.length : piece.length - end;
      length += piece.length;
      if (eventLength > LONGEST_ANSWER || length > LONGEST_BODY) {
        throw new Error('its answer did not end');
      }
      yield piece;
      if (!isOver) continue;
      await within(reader.read(), LINGER_MS).catch(() => undefined);
      return;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** Where the next one begins, behind a blank line; 0 for nowhere. */
function endOfEvent(bytes: Buffer): number {
  const [bare, returned] = ['\n\n', '\n\r\n'].map((blank) => {
    const at = bytes.lastIndexOf(blank);
    return at === -1 ? 0 : at + blank.length;
  });
  return Math.max(bare ?? 0, returned ?? 0);
}
