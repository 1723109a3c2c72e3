/** Reads a request's body, giving up as soon as it is over its limit. */
import { HttpError } from '../errors/http-error.js';

/** Answers the bytes, or throws `body_too_large` before the rest has arrived. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > limit) throw HttpError.bodyTooLarge(limit);
  if (!request.body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw HttpError.badRequest('The body ended before it was whole.');
    });
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      void reader.cancel().catch(() => undefined);
      throw HttpError.bodyTooLarge(limit);
    }
    parts.push(value);
  }
  return Buffer.concat(parts, size);
}
