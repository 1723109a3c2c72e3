/** What a function was called with and answered, in a form that the server takes. */
import { cutText } from './cut-text.js';

/** As JSON; the server keeps less, but takes secrets out before it cuts. */
const LONGEST = 16_000;
const DEEPEST = 20;
/** Shorter ones are parts of other words. */
const SHORTEST_SECRET = 6;
const REDACTED = '[redacted]';
/** Names that no server takes. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];
/** Headers whose values are no secrets. */
const OPEN_HEADERS = ['accept', 'accept-language', 'content-type', 'user-agent'];

/**
 * A text that is JSON becomes what it says; what is too long is left out but for its beginning. `undefined`: there is
 * nothing to tell. `secrets` go wherever an endpoint repeats them.
 */
export function tellableJson(value: unknown, secrets: readonly string[]): unknown {
  if (value === undefined || value === null) return undefined;
  const told = tidy(typeof value === 'string' ? valueOf(value) : value, secrets, 0);
  const json = JSON.stringify(told);
  if (json.length <= LONGEST) return told;
  return { left_out: `${json.length} characters`, begins: cutText(json, 1_000) };
}

/** The values of headers, and what stands behind `Bearer`. */
export function secretsOf(headers: Readonly<Record<string, string>> | undefined): string[] {
  return Object.entries(headers ?? {})
    .filter(([name]) => !OPEN_HEADERS.includes(name.toLowerCase()))
    .flatMap(([, value]) => [value, value.split(/\s+/).at(-1) ?? ''])
    .filter((secret) => secret.length >= SHORTEST_SECRET);
}

function valueOf(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function tidy(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return tidyText(value, secrets);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '[left out: nested too deep]';
  if (Array.isArray(value)) return value.map((member) => tidy(member, secrets, depth + 1));
  const members = Object.entries(value)
    .filter(([name]) => !RESERVED.includes(name))
    .map(([name, member]) => [tidyText(name, secrets), tidy(member, secrets, depth + 1)]);
  return Object.fromEntries(members) as unknown;
}

function tidyText(text: string, secrets: readonly string[]): string {
  const storable = text.replaceAll('\u0000', '\uFFFD').toWellFormed();
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), storable);
}
