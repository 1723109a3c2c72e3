/** Converts the values that pages and frameworks set on properties; `null` and unusable values become the default. */

/** The conversion of each property. None throws. */
export const GIVEN: Readonly<Record<string, (given: unknown) => unknown>> = {
  apiKey: text,
  agentId: text,
  agentVersionId: text,
  agentVersionNumber: (given) =>
    given === undefined || given === null || given === '' ? null : number(given),
  serverUrl: text,
  label: text,
  variables: json,
  metadata: json,
  consentText: text,
  consentVersion: text,
  fields: json,
  resume: (given) => given !== undefined && given !== null && given !== false && given !== 'false',
  rating: oneOf('none', 'stars', 'thumbs'),
  mode: oneOf('card', 'dialog', 'button', 'headless'),
  size: oneOf('full', 'compact', 'sheet'),
  languages: text,
  placement: oneOf('inline', 'bottom-right', 'bottom-left', 'top-right', 'top-left'),
  theme: oneOf('auto', 'light', 'dark'),
  lang: text,
  transcript: oneOf('show', 'hide'),
  texts: (given) => (typeof given === 'object' ? copyOf(given) : {}),
  callFactory: (given) => (typeof given === 'function' ? given : null),
};

function text(given: unknown): string {
  return typeof given === 'string' || typeof given === 'number' ? String(given) : '';
}

/** What is no number becomes NaN, which the SDK refuses: ignoring it would call another version. */
function number(given: unknown): number {
  return typeof given === 'string' || typeof given === 'number' ? Number(given) : Number.NaN;
}

/** An object or array, also from JSON. Anything else is kept, to be refused with a message. */
function json(given: unknown): unknown {
  if (given === undefined || given === '') return null;
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return given;
  }
}

/** What is read at every drawing must not throw then. */
function copyOf(given: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(given)) ?? {};
  } catch {
    return {};
  }
}

/**
 * Whether it is the text that frameworks render on a server for an object, or for an array of some; they set the object
 * itself when they hydrate.
 */
export function isObjectToCome(given: unknown): boolean {
  return typeof given === 'string' && /^(,?\[object Object\])+$/.test(given);
}

function oneOf(...values: [string, ...string[]]): (given: unknown) => string {
  return (given) => values.find((value) => value === given) ?? values[0];
}
