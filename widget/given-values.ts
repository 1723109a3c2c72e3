/** Brings what a page or a framework has set on a property to what the property holds; `null` and nonsense mean the default. */
import { DialNexaWebCall } from '../sdk/index.js';
import type { CallFactory } from './call-port.js';

/** A call of the SDK. */
export const realCall: CallFactory = (options) => new DialNexaWebCall(options);

/** By property. None of them throws. */
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
  placement: oneOf('inline', 'bottom-right', 'bottom-left', 'top-right', 'top-left'),
  theme: oneOf('auto', 'light', 'dark'),
  lang: text,
  transcript: oneOf('show', 'hide'),
  texts: (given) => (typeof given === 'object' && given !== null ? given : {}),
  callFactory: (given) => (typeof given === 'function' ? given : realCall),
};

function text(given: unknown): string {
  return typeof given === 'string' || typeof given === 'number' ? String(given) : '';
}

/** What is no number is kept as one that is refused in words: another version must not be called instead. */
function number(given: unknown): number {
  return typeof given === 'string' || typeof given === 'number' ? Number(given) : Number.NaN;
}

/** As an object or as JSON. What is neither is kept, so that reading the options can say so. */
function json(given: unknown): unknown {
  if (given === undefined || given === '') return null;
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return given;
  }
}

/** Whether it is what a framework writes into a page, on a server, for an object that it sets when it takes the page over. */
export function isObjectToCome(given: unknown): boolean {
  return given === '[object Object]';
}

function oneOf(...values: [string, ...string[]]): (given: unknown) => string {
  return (given) => values.find((value) => value === given) ?? values[0];
}
