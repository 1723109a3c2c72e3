/** Headers of a function's request: legal whatever a variable holds. */
import type { VariableValue } from '../../../sdk/wire/web-call.js';
import { cutText } from './cut-text.js';
import { mapTexts } from './map-texts.js';
import { PLACEHOLDER, renderTemplate } from './render-template.js';

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** Neither control characters, line breaks among them, nor what a header cannot carry. */
const ILLEGAL = /[^\t\x20-\x7e\xa0-\xff]/g;
/** They say where the request ends and whose it is. */
const OWN = new Set(
  'connection content-length expect host keep-alive proxy-connection te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
);

/** One sentence for each header that no request can be sent with. */
export function headerFaults(field: string, headers: Record<string, string> = {}): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const at = `${field}.${cutText(name, 60)}`;
    if (!NAME.test(name)) return [`${at}: is not the name of a header.`];
    if (OWN.has(name.toLowerCase())) return [`${at}: the request sets this header itself.`];
    const own = value.replaceAll(PLACEHOLDER, '');
    if (own.search(ILLEGAL) < 0) return [];
    return [`${at}: a header holds visible characters of ISO-8859-1 and spaces only.`];
  });
}

/**
 * The headers with values in their places; what a header cannot carry becomes a space. What `isLater` names stays as it is
 * written.
 */
export function renderHeaders(
  headers: Record<string, string>,
  values: Record<string, VariableValue>,
  isLater?: (name: string) => boolean,
): Record<string, string> {
  const render = (text: string): string => renderTemplate(text, values, undefined, isLater);
  return mapTexts(headers, (text) => render(text).replaceAll(ILLEGAL, ' '));
}
