/** What a question and a fact are compared by: the stems of the words that say something, and what they are about. */
import { COMMON_WORDS } from '../dialogue/common-words.js';
import { plainWords, spelledOut, withDigits } from '../../../dialogue/normalize.js';
import { CONCEPTS } from './concepts.js';

/** Said in talk about anything, yet they tell one fact from another. */
const TELLING = new Set(
  `monday tuesday wednesday thursday friday saturday sunday today tomorrow weekend
  morning afternoon evening night long first last old early late`.split(/\s+/),
);
/** "Is there, do you have, can I get": they say nothing about what is asked for. */
const ASKING = new Set(
  `exactly happen happens possible allowed allow include included including offer offers accept accepts provide work works
  kind type sort anyone anybody around within able everything else currently
  without near nearby place business company somewhere use using far amount actually usually`.split(
    /\s+/,
  ),
);
/** What a way to ask is about. */
const WAYS: readonly [RegExp, readonly string[]][] = [
  [/\bhow (much|expensive)\b|\bwhat (do|would|does|will) .*\b(cost|charge)\b/, ['price']],
  [/\bwhere\b/, ['place']],
  [/\bwhat time\b|\bhow (late|early)\b/, ['clock']],
  [/\bwhen\b/, ['when', 'clock']],
  [/\bhow long\b/, ['long']],
];
/** What a fact is about by the look of it. */
const LOOKS: readonly [RegExp, readonly string[]][] = [
  [/\b(pounds?|euros?|dollars?|cents?|pence|free of charge|for free)\b|[£€$]\s?\d/, ['price']],
  [/\b\d+ [a-z]+ (street|road|lane|avenue|square|drive|way)\b/, ['place']],
  [/\b(morning|afternoon|evening|o clock|noon|[ap]m|\d{1,2}:\d{2})\b/, ['clock']],
  [/\b[\w.]+@[\w.]+\b|\b\d{3,} \d{3,}/, ['contact']],
  [
    /\b(in [a-z]+|next to|opposite|behind|beside|above)\b.*\b(street|road|lane|kilometres?|miles?)\b/,
    ['place'],
  ],
];

/** Of one text. */
export interface Terms {
  words: ReadonlySet<string>;
  concepts: ReadonlySet<string>;
}

const conceptsOf = new Map<string, string[]>();
for (const line of CONCEPTS.trim().split('\n')) {
  const [name = '', ...words] = line.split(' ');
  for (const word of words.flatMap((one) => plainWords(one)).map(stemOf)) {
    const all = conceptsOf.get(word) ?? [];
    if (!all.includes(name)) conceptsOf.set(word, [...all, name]);
  }
}

/** Of what a caller asks. */
export function questionTerms(text: string): Terms {
  return termsOf(text, WAYS);
}

/** Of what an owner wrote. */
export function factTerms(text: string): Terms {
  return termsOf(text, LOOKS);
}

/** Whether only a price answers. */
export function asksForPrice(question: string): boolean {
  return WAYS.some(
    ([way, about]) => about.includes('price') && way.test(wordsOf(question).join(' ')),
  );
}

/** Whether it says what something costs. */
export function tellsPrice(fact: string): boolean {
  return factTerms(fact).concepts.has('price');
}

function termsOf(text: string, marks: typeof WAYS): Terms {
  const all = wordsOf(text);
  const plain = all.join(' ');
  const words = new Set(all.filter(isTelling).map(stemOf));
  const concepts = new Set(marks.filter(([mark]) => mark.test(plain)).flatMap(([, is]) => is));
  for (const word of words) for (const concept of conceptsOf.get(word) ?? []) concepts.add(concept);
  return { words, concepts };
}

/** What a word is about. */
export function conceptsOfWord(stem: string): readonly string[] {
  return conceptsOf.get(stem) ?? [];
}

function wordsOf(text: string): string[] {
  return withDigits(spelledOut(plainWords(text)));
}

function isTelling(word: string): boolean {
  return TELLING.has(word) || (!COMMON_WORDS.has(word) && !ASKING.has(word) && !/^\d$/.test(word));
}

/** One and many, and what is done and was done, are the same word. */
function stemOf(word: string): string {
  if (word.length < 4) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<=s|x|ch|sh)es$/, '')
    .replace(/(?<=\w{2}[^s])s$/, '')
    .replace(/(?<=\w{3})(?:ing|ed)$/, '')
    .replace(/([b-df-hj-np-rtv-z])\1$/, '$1')
    .replace(/(?<=\w{3})e$/, '');
}
