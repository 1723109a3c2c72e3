/** From bytes to a JSON value, with the refusals that a body can earn on the way. */
import { HttpError } from '../errors/http-error.js';
import { checkJsonBudget } from './json-budget.js';
import { storable, type StorableOptions } from './storable.js';

/** Media types that may carry JSON. */
export interface JsonMedia extends StorableOptions {
  /** A page that is closing can only send `text/plain` across origins. */
  allowText?: boolean;
  /** An absent body counts as `{}`. */
  allowEmpty?: boolean;
}

/** Answers the value as the database can hold it; throws `unsupported_media_type`, `invalid_json` or `validation_failed`. */
export function parseJson(body: Uint8Array, contentType: string | null, media: JsonMedia): unknown {
  if (body.byteLength === 0 && media.allowEmpty) return {};
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isJson = type === 'application/json' || /^application\/[\w.+-]+\+json$/.test(type);
  const isText = media.allowText && (type === 'text/plain' || type === '');
  if (!isJson && !isText) throw HttpError.unsupportedMediaType('application/json');
  checkJsonBudget(body);
  return storable(read(body), media);
}

function read(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    throw HttpError.invalidJson();
  }
}
