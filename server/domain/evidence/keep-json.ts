/** JSON of a function as it is stored: without secrets, and bounded. */
import type { CallFunction } from '../../../sdk/wire/call.js';
import { cutText } from '../templates/cut-text.js';
import { jsonIn } from './json-in.js';
import { redact } from './redact.js';

const MAX_BYTES = 4_096;
const BEGINNING_CHARS = 1_000;

/** A text that is JSON becomes what it says. `null`: there was nothing. `names`: the operator's own names of secrets. */
export function keepJson(value: unknown, names: readonly string[]): CallFunction['answer'] {
  if (value === undefined || value === null) return null;
  const kept = redact(typeof value === 'string' ? (jsonIn(value) ?? value) : value, names);
  const json = JSON.stringify(kept);
  const bytes = Buffer.byteLength(json);
  if (bytes <= MAX_BYTES) return kept as CallFunction['answer'];
  const begins = cutText(json, BEGINNING_CHARS);
  return { left_out: `${bytes} bytes, more than ${MAX_BYTES}`, begins };
}
