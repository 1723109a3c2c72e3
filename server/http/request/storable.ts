/** Brings what a client sent into a form that the database can hold, or refuses it. */
import { cutText } from '../../domain/templates/cut-text.js';
import { HttpError } from '../errors/http-error.js';

/** Names that mean something to JavaScript: libraries drop them in silence, or worse. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** How strict it is with a text. */
export interface StorableOptions {
  /**
   * Half a character becomes U+FFFD instead of being refused: whoever cut a caller's text in its middle must lose neither
   * the call nor the turn.
   */
  mendsHalves?: boolean;
}

/**
 * Answers the value, or throws `validation_failed` for U+0000, half a character, a number that JavaScript reads as
 * infinite, and members that no object may have. Its depth is the caller's to bound.
 */
export function storable(value: unknown, options: StorableOptions = {}, path = ''): unknown {
  if (typeof value === 'string') return storableText(value, options, path);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw refused(path, 'is a number too large to be kept');
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    return value.map((member, index) => storable(member, options, `${path}[${index}]`));
  }
  const members = Object.entries(value).map(([key, member]) => {
    const name = path ? `${path}.${key}` : key;
    if (RESERVED.has(key)) throw refused(name, 'is a reserved name');
    return [storableText(key, options, path), storable(member, options, name)];
  });
  return Object.fromEntries(members);
}

function storableText(text: string, { mendsHalves }: StorableOptions, path: string): string {
  if (text.includes('\u0000')) throw refused(path, 'must not contain U+0000');
  if (!mendsHalves && !text.isWellFormed()) {
    throw refused(path, 'must not contain half a character (a lone surrogate)');
  }
  return text.toWellFormed();
}

function refused(path: string, fault: string): HttpError {
  const where = cutText(path, 200).toWellFormed() || 'body';
  return HttpError.validationFailed([`${where} ${fault}.`]);
}
