/** Cuts a sentence into what is tagged and read: words, the parts of a contraction or a compound, punctuation. */

/** A piece of text. */
export interface Token {
  text: string;
  /** Whether a space follows. */
  isSpaced: boolean;
}

const OPENING = /^(?:\p{P}|\p{S})/u;
const CLOSING = /(?:\.{2,}|\p{P}|\p{S})$/u;
/** Hyphens and dashes between letters, and anything else that is neither letter nor apostrophe. */
const INSIDE = /([^\p{L}\p{M}']+)/u;
const CONTRACTION = /^(.+?)(n't|'(?:s|re|ve|ll|d|m))$/i;
/** Where words that were two once are cut. */
const JOINED = new Map([
  ['cannot', 3],
  ['gonna', 3],
  ['gotta', 3],
]);

/** In the order of the text. */
export function tokensOf(sentence: string): Token[] {
  const chunks = sentence.replaceAll('’', "'").split(/\s+/).filter(Boolean);
  return chunks.flatMap((chunk) => {
    const texts = textsOf(chunk);
    return texts.map((text, index) => ({ text, isSpaced: index === texts.length - 1 }));
  });
}

function textsOf(chunk: string): string[] {
  const before: string[] = [];
  const after: string[] = [];
  let core = chunk;
  for (let mark = OPENING.exec(core)?.[0]; mark; mark = OPENING.exec(core)?.[0]) {
    before.push(mark);
    core = core.slice(mark.length);
  }
  for (let mark = CLOSING.exec(core)?.[0]; mark; mark = CLOSING.exec(core)?.[0]) {
    // "The riders' room": the apostrophe is the word's.
    if (mark === "'" && /s'$/i.test(core)) break;
    after.unshift(mark);
    core = core.slice(0, -mark.length);
  }
  const words = core.split(INSIDE).filter(Boolean).flatMap(partsOf);
  return [...before, ...words, ...after];
}

function partsOf(word: string): string[] {
  const cut = JOINED.get(word.toLowerCase());
  if (cut !== undefined) return [word.slice(0, cut), word.slice(cut)];
  const contraction = CONTRACTION.exec(word);
  return contraction ? [...partsOf(contraction[1] ?? ''), contraction[2] ?? ''] : [word];
}
