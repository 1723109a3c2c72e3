/** Brings what a client sent into a form that the database can hold, or refuses it. */
import { cutText } from '../../domain/templates/cut-text.js';
import { HttpError } from '../errors/http-error.js';

/** Names that mean something to JavaScript: libraries drop them in silence, or worse. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Answers the value with every half character replaced by U+FFFD: a worker that cut a text must not lose
 * the turn. Throws `validation_failed` for U+0000 and for members that no object may have. Its depth is
 * the caller's to bound.
 */
export function storable(value: unknown, path = ''): unknown {
  if (typeof value === 'string') return storableText(value, path);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    return value.map((member, index) => storable(member, `${path}[${index}]`));
  }
  const members = Object.entries(value).map(([key, member]) => {
    const name = path ? `${path}.${key}` : key;
    if (RESERVED.has(key)) throw refused(name, 'is a reserved name');
    return [storableText(key, path), storable(member, name)];
  });
  return Object.fromEntries(members);
}

function storableText(text: string, path: string): string {
  if (text.includes('\u0000')) throw refused(path, 'must not contain U+0000');
  return text.toWellFormed();
}

function refused(path: string, fault: string): HttpError {
  return HttpError.validationFailed([`${cutText(path, 200) || 'body'} ${fault}.`]);
}
