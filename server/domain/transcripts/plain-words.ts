/** What was said, as one line that a viewer of text cannot take for anything but words. */

/** Breaks of lines and paragraphs, and tabs. */
const BREAKS = /[\t\n\v\f\r\x85\u2028\u2029]+/g;
/** Other control characters, halves of characters, and what turns the direction of the text around it. */
const UNSAFE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Without line breaks, control characters and overrides of the direction; `…` when nothing is left. */
export function plainWords(content: string): string {
  return content.replaceAll(BREAKS, ' ').replaceAll(UNSAFE, '').trim() || '…';
}
