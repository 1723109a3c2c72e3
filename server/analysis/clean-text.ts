/** Texts of strangers and of models, made safe to keep and to show. */

/** Controls, and what only changes the way in which letters around it are shown; joiners belong to words and to emoji. */
const UNSEEN = /(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+/gu;

/** One line without any of them and without halves of characters, cut to `most` characters with `…` at its end. */
export function cleanText(text: string, most: number): string {
  // Long before it is read letter by letter: a megabyte of a stranger's is never needed.
  const plain = text
    .slice(0, 4 * most + 1_000)
    .toWellFormed()
    .replaceAll(UNSEEN, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (plain.length <= most) return plain;
  return `${plain.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
