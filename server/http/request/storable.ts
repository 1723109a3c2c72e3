/** Brings what a client sent into a form that the database can hold, or refuses it. */
import { HttpError } from '../errors/http-error.js';

/** Nothing of ours is nested deeper, JSON Schemas of functions included. */
const MAX_DEPTH = 32;
/** Half of a character: a text that was cut in the middle of one. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Answers the value with every half character replaced by U+FFFD: a worker that cut a text must not lose
 * the turn. Throws `validation_failed` for U+0000, and for what is nested too deeply.
 */
export function storable(value: unknown, path = '', depth = 0): unknown {
  if (typeof value === 'string') return storableText(value, path);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= MAX_DEPTH) {
    throw HttpError.validationFailed([`body is nested more than ${MAX_DEPTH} levels deep.`]);
  }
  if (Array.isArray(value)) {
    return value.map((member, index) => storable(member, `${path}[${index}]`, depth + 1));
  }
  const members = Object.entries(value).map(([key, member]) => [
    storableText(key, path),
    storable(member, path ? `${path}.${key}` : key, depth + 1),
  ]);
  // `fromEntries` defines members, so that `__proto__` is one like any other.
  return Object.fromEntries(members);
}

function storableText(text: string, path: string): string {
  if (text.includes('\u0000')) {
    throw HttpError.validationFailed([`${path.slice(0, 200) || 'body'} must not contain U+0000.`]);
  }
  return text.replace(LONE_SURROGATE, '\ufffd');
}
