/** Text to token ids as BERT's uncased models want them: words in lower case, cut into the longest pieces that are known. */

/** Of a longer word nothing is known. */
const LONGEST_WORD = 100;
/** A token is seldom shorter than that many characters: more text than fills the tokens is not looked at. */
const CHARACTERS_PER_TOKEN = 16;
const CHINESE = /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;
const WORDS_AND_MARKS = /[\p{P}$+<=>^`|~]|[^\s\p{P}$+<=>^`|~]+/gu;

/** `vocabulary`: a token a line, its id the line's number. The ids begin and end with the model's own marks, and are `most` at the most. */
export function createWordPiece(vocabulary: string, most: number): (text: string) => number[] {
  const lines = vocabulary.split('\n').filter((line) => line !== '');
  const ids = new Map(lines.map((token, id) => [token, id] as const));
  const idOf = (token: string): number => {
    const id = ids.get(token);
    if (id === undefined) throw new Error(`The vocabulary lacks ${token}.`);
    return id;
  };
  const [unknown, begin, end] = [idOf('[UNK]'), idOf('[CLS]'), idOf('[SEP]')];

  function piecesOf(word: string): number[] {
    if ([...word].length > LONGEST_WORD) return [unknown];
    const pieces: number[] = [];
    for (let from = 0, to = word.length; from < word.length; to = word.length) {
      const name = (): string => (from === 0 ? '' : '##') + word.slice(from, to);
      while (to > from && !ids.has(name())) to -= 1;
      if (to === from) return [unknown];
      pieces.push(idOf(name()));
      from = to;
    }
    return pieces;
  }

  return (text) => {
    const plain = plainOf(text.slice(0, most * CHARACTERS_PER_TOKEN));
    const pieces = (plain.match(WORDS_AND_MARKS) ?? []).flatMap(piecesOf);
    return [begin, ...pieces.slice(0, most - 2), end];
  };
}

/** Without accents and what cannot be seen. */
function plainOf(text: string): string {
  return text
    .replaceAll(/[\t\n\r]/g, ' ')
    .replaceAll(/[\p{C}\uFFFD]/gu, '')
    .replaceAll(CHINESE, ' $& ')
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();
}
