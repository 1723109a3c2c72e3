/** Cuts a long sentence into phrases, so that its first sound need not wait for all of it. */

/** About six seconds; what is longer is cut where the voice would take breath. */
const LONGEST = 100;

/** Phonemes in, phonemes of phrases out, at most `longest` each; the punctuation stays, and with it the melody. */
export function phrasesOf(phonemes: string, longest = LONGEST): string[] {
  const phrases: string[] = [];
  let rest = phonemes;
  while (rest.length > longest) {
    const head = rest.slice(0, longest + 1);
    const pause = Math.max(
      ...[', ', '; ', ': ', '— ', '. ', '? ', '! '].map((one) => head.lastIndexOf(one) + 1),
    );
    const space = head.lastIndexOf(' ');
    const end = pause > 0 ? pause : space > 0 ? space : longest;
    phrases.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...phrases, rest].filter(Boolean);
}
