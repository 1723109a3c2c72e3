/** `{{name}}` in prompts and messages: the platform's variables, with paths and filters. */
import type { VariableValue } from '../../../sdk/wire/web-call.js';
import { cutText } from './cut-text.js';

/** One `{{…}}`; what is inside is the only group. */
export const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
/** A `|` within quotes belongs to the text. */
const PART = /(?:"[^"]*"|'[^']*'|[^|])+/g;
const PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[\d+\])*$/;

/**
 * Puts values where the text says `{{name}}`. Case counts; what has no value stays literal.
 * Filters: `| default: "x"`, `| upcase`, `| downcase`, `| truncate: 20` (characters).
 *
 * `encode` makes each value fit where it will stand, e.g. in an address. What `isLater` names stays as it is written, filters
 * included: its value is not known yet.
 *
 * @example
 * renderTemplate('Hello {{name | default: "there"}}', {}) // 'Hello there'
 */
export function renderTemplate(
  text: string,
  values: Record<string, VariableValue>,
  encode: (value: string) => string = (value) => value,
  isLater: (name: string) => boolean = () => false,
): string {
  return text.replaceAll(PLACEHOLDER, (whole, inside: string) => {
    const [path = '', ...filters] = (inside.match(PART) ?? []).map((part) => part.trim());
    if (isLater(path)) return whole;
    const value = filters.reduce(applyFilter, lookUp(values, path));
    return value === undefined ? whole : encode(value);
  });
}

/** One sentence for each thing that is not valid in a template. */
export function templateFaults(field: string, text: string): string[] {
  const rest = text.replaceAll(PLACEHOLDER, '');
  const faults = rest.includes('{{') ? [`${field}: a "{{" is never closed.`] : [];
  for (const [, inside = ''] of text.matchAll(PLACEHOLDER)) {
    const path = inside.split('|')[0]?.trim() ?? '';
    if (!PATH.test(path)) faults.push(`${field}: "{{${cutText(inside, 40)}}}" names no variable.`);
  }
  return faults;
}

function lookUp(values: Record<string, VariableValue>, path: string): string | undefined {
  return Object.hasOwn(values, path) ? String(values[path]).toWellFormed() : undefined;
}

function applyFilter(value: string | undefined, filter: string): string | undefined {
  const [name = ''] = filter.split(':', 1);
  const argument = filter.slice(name.length + 1).trim();
  switch (name.trim()) {
    case 'default':
      return value === undefined || value === '' ? argument.replaceAll(/^["']|["']$/g, '') : value;
    case 'upcase':
      return value?.toUpperCase();
    case 'downcase':
      return value?.toLowerCase();
    case 'truncate':
      return value && [...value].slice(0, Math.max(0, Number(argument) || 0)).join('');
    default:
      return value;
  }
}
