/** Reads a request's body, giving up as soon as it is over its limit. */
import { HttpError } from '../errors/http-error.js';

/** Room for most bodies; it grows with what comes, not with what was declared. */
const FIRST_BYTES = 16_384;

/**
 * Answers the bytes, or throws `body_too_large` before the rest has arrived, and `unsupported_media_type` for a body that
 * says to be compressed: its limit would be nobody's.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const coding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (coding !== '' && coding !== 'identity') {
    throw HttpError.unsupportedMediaType('it is, without a Content-Encoding');
  }
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > limit) throw HttpError.bodyTooLarge(limit);
  if (!request.body) return new Uint8Array();
  let body = Buffer.alloc(Math.min(limit, FIRST_BYTES));
  let size = 0;
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw HttpError.badRequest('The body ended before it was whole.');
    });
    if (done) break;
    const end = size + value.byteLength;
    if (end > limit) {
      void reader.cancel().catch(() => undefined);
      throw HttpError.bodyTooLarge(limit);
    }
    // Not kept as it comes: a million pieces of one byte would weigh a hundred times as much.
    if (end > body.byteLength) body = Buffer.concat([body], Math.min(limit, 2 * end));
    body.set(value, size);
    size = end;
  }
  return body.subarray(0, size);
}
