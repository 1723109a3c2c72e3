/** Words of others within our own sentences: short, and without what could change how the rest of the sentence is read. */

/** Characters of a quote; what is longer ends in `…`. */
const MOST_QUOTED = 80;
/** Of a text however long, only so much is looked at. */
const READ = 400;

/**
 * Takes out controls, marks of writing direction, lone surrogates and whatever else is not to be seen, and cuts.
 *
 * @example
 * quote('Hello\u0000\n<b>you</b>') // 'Hello <b>you</b>'
 */
export function quote(text: string, most = MOST_QUOTED): string {
  const plain = text.slice(0, READ).replace(/\s+/gu, ' ').replace(/\p{C}/gu, '').trim();
  const characters = [...plain];
  const isWhole = characters.length <= most && text.length <= READ;
  return isWhole
    ? plain
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
