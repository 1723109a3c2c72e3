/** Words as they are compared: small letters, no signs, no ending of a plural. */

const LONGEST = 20_000;

/** The words, in order. */
export function wordsOf(text: string): string[] {
  const plain = text.slice(0, LONGEST).toLowerCase().replaceAll(/['’]/g, '');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A word without what most often changes at its end. */
export function stemOf(word: string): string {
  return word.length > 4 ? word.replace(/(?:ings?|ed|es|s)$/, '') : word;
}

/** Whether these words stand in the text, one after the other. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const wanted = wordsOf(phrase).join(' ');
  return wanted !== '' && ` ${wordsOf(text).join(' ')} `.includes(` ${wanted} `);
}
