/** From bytes to a JSON value, with the refusals that a body can earn on the way. */
import { HttpError } from '../errors/http-error.js';

/** Media types that may carry JSON. */
export interface JsonMedia {
  /** A page that is closing can only send `text/plain` across origins. */
  allowText?: boolean;
  /** An absent body counts as `{}`. */
  allowEmpty?: boolean;
}

/** Answers the value; throws `unsupported_media_type` or `invalid_json`. */
export function parseJson(body: Uint8Array, contentType: string | null, media: JsonMedia): unknown {
  if (body.byteLength === 0 && media.allowEmpty) return {};
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isJson = type === 'application/json' || /^application\/[\w.+-]+\+json$/.test(type);
  const isText = media.allowText && (type === 'text/plain' || type === '');
  if (!isJson && !isText) throw HttpError.unsupportedMediaType('application/json');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    throw HttpError.invalidJson();
  }
}
