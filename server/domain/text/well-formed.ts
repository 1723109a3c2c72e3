/** Text that every encoder takes. */

/** Half of a character: a text that was cut in the middle of one. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The text with every half character replaced by U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}
