/** Where in a function's address a value may stand: in the path and the query, never in what names the host. */
import type { VariableValue } from '../../../sdk/wire/web-call.js';
import { cutText } from './cut-text.js';
import { PLACEHOLDER, renderTemplate } from './render-template.js';

/**
 * Scheme and authority, path, query and fragment; read as browsers and Node read an address: they take `\` for `/`,
 * skip any number of slashes after the scheme, and drop tabs and line breaks.
 */
const PARTS = /^([a-z]*:?[/\\\t\r\n]*[^/\\?#]*)([^?#]*)(.*)$/is;
/** No text of ours may hold it. */
const HELD = '\u0000';

/** `null` when the address is sound; otherwise the sentence that says what is not. */
export function addressFault(field: string, url: string): string | null {
  const [host] = partsOf(url);
  const [found] = host.match(PLACEHOLDER) ?? [];
  if (found === undefined) return null;
  return (
    `${field}: "${cutText(found, 40)}" stands in the scheme or the host. ` +
    'Write these out: a variable may stand in the path and in the query only.'
  );
}

/**
 * The address with values in their places. Each is encoded for the place, so that it stays within its segment or
 * parameter. A segment that a value would make empty, `.` or `..`, also when a proxy decodes it, stays as it was
 * written, as it does without a value; and so does a placeholder in the host, and one of what `isLater` names.
 */
export function renderAddress(
  url: string,
  values: Record<string, VariableValue>,
  isLater?: (name: string) => boolean,
): string {
  const [host, path, rest] = partsOf(url);
  const segment = (text: string): string => {
    const rendered = renderTemplate(text, values, encodeURIComponent, isLater);
    return rendered === text || fits(rendered) ? rendered : encodeURIComponent(text);
  };
  return (
    host + path.map(segment).join('') + renderTemplate(rest, values, encodeURIComponent, isLater)
  );
}

function fits(segment: string): boolean {
  const seen = segment.replaceAll(/[\t\r\n]/g, '').replaceAll(/%2e/gi, '.');
  return seen !== '' && !seen.split(/[/\\]|%2f|%5c/i).some((part) => /^\.\.?$/.test(part));
}

/** A `/` or `?` within a placeholder belongs to it: placeholders are held back while the address is taken apart. */
function partsOf(url: string): [host: string, path: string[], rest: string] {
  const held = url.match(PLACEHOLDER) ?? [];
  const [, host = '', path = '', rest = ''] = PARTS.exec(url.replaceAll(PLACEHOLDER, HELD)) ?? [];
  let next = 0;
  const back = (text: string): string => text.replaceAll(HELD, () => held[next++] ?? '');
  return [back(host), path.split(/([/\\])/).map(back), back(rest)];
}
