/** The pronouncing dictionaries of the voice: words, their inflections, abbreviations spelled by their letters. */
import { withEd, withIng, withS } from './inflections.js';
import { applyStress, hasPrimaryStress } from './stress.js';
import type { Stress } from './stress.js';

/** Phonemes, or phonemes by kind of word: `VERB`, `NOUN`, `ADJ`, `DEFAULT`; `None` at the end of a phrase. */
export type LexiconEntry = string | Readonly<Record<string, string | null>>;

/** Words as they are written. */
export type WordList = Readonly<Record<string, LexiconEntry | undefined>>;

/** What decides between a word's pronunciations. */
export interface Reading {
  /** Part of speech, by the Penn Treebank. */
  tag: string;
  stress: Stress | null;
  /** Whether the next sound is a vowel; `null` when a pause comes. */
  nextVowel: boolean | null;
  /** Whether "to" follows. */
  beforeTo: boolean;
}

/** A word's phonemes; `null` for one that is not known. */
export type Lexicon = (word: string, reading: Reading) => string | null;

const PARENTS: readonly (readonly [string, string])[] = [
  ['VB', 'VERB'],
  ['NN', 'NOUN'],
  ['RB', 'ADV'],
  ['JJ', 'ADJ'],
];

/** `gold` is checked by hand and goes before `silver`. Both are prototype-free. */
export function createLexicon(gold: WordList, silver: WordList): Lexicon {
  const golden = (word: string): LexiconEntry | null => find(gold, word);
  const isListed = (word: string): boolean => golden(word) !== null || find(silver, word) !== null;

  function spelled(word: string): string | null {
    let phonemes = '';
    for (const letter of word.replace(/[^a-z]/gi, '').toUpperCase()) {
      const name = golden(letter);
      if (typeof name !== 'string') return null;
      phonemes += name;
    }
    const weak = applyStress(phonemes, 0);
    const last = weak.lastIndexOf('ˌ');
    return last < 0 ? weak : `${weak.slice(0, last)}ˈ${weak.slice(last + 1)}`;
  }

  function isKnown(word: string): boolean {
    if (isListed(word)) return true;
    if (!/^[a-z]+$/i.test(word)) return false;
    return word.slice(1) === word.slice(1).toUpperCase();
  }

  function lookUp(written: string, reading: Reading): string | null {
    const isCapitals = written === written.toUpperCase() && golden(written) === null;
    const word = isCapitals ? written.toLowerCase() : written;
    const isName = isCapitals && reading.tag === 'NNP';
    const entry = golden(word) ?? (isName ? null : find(silver, word));
    const phonemes = entry === null ? null : chosen(entry, reading);
    if (phonemes === null || (isName && !hasPrimaryStress(phonemes))) {
      const letters = spelled(word);
      if (letters !== null || phonemes === null) return letters;
    }
    return applyStress(phonemes, reading.stress);
  }

  function inflected(word: string, reading: Reading): string | null {
    const attempts = [
      [stemOfS(word, isKnown), withS, reading],
      [stemOfEd(word, isKnown), withEd, reading],
      [stemOfIng(word, isKnown), withIng, { ...reading, stress: reading.stress ?? 0.5 }],
    ] as const;
    for (const [stem, ending, how] of attempts) {
      const phonemes = stem === null ? null : lookUp(stem, how);
      if (phonemes) return ending(phonemes);
    }
    return null;
  }

  return (written, reading) => {
    const lower = written.toLowerCase();
    const isPlain = written === written.toUpperCase() || written.slice(1) === lower.slice(1);
    const isProper = reading.tag === 'NNP' && written.length <= 7;
    // A capital at a sentence's start says nothing.
    const word =
      written !== lower &&
      written.length > 1 &&
      isPlain &&
      !isProper &&
      !isListed(written) &&
      (isListed(lower) || inflected(lower, reading) !== null)
        ? lower
        : written;
    if (isKnown(word)) return lookUp(word, reading);
    const possessive = word.endsWith("s'") ? `${word.slice(0, -2)}'s` : word;
    if (possessive !== word && isKnown(possessive)) return lookUp(possessive, reading);
    if (word.endsWith("'") && isKnown(word.slice(0, -1))) return lookUp(word.slice(0, -1), reading);
    return inflected(word, reading);
  };
}

/** A word stands also for itself with another first letter: "Monday" and "monday". */
function find(list: WordList, word: string): LexiconEntry | null {
  const entry = list[word];
  if (entry !== undefined || word.length < 2) return entry ?? null;
  const lower = word.toLowerCase();
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1);
  if (word === lower) return list[capital] ?? null;
  return word === capital ? (list[lower] ?? null) : null;
}

function chosen(entry: LexiconEntry, { tag, nextVowel }: Reading): string | null {
  if (typeof entry === 'string') return entry;
  if (nextVowel === null && entry.None) return entry.None;
  const parent = PARENTS.find(([start]) => tag.startsWith(start))?.[1] ?? tag;
  const found = tag in entry ? entry[tag] : entry[parent];
  return found === undefined ? (entry.DEFAULT ?? null) : found;
}

type IsKnown = (word: string) => boolean;

function stemOfS(word: string, isKnown: IsKnown): string | null {
  if (word.length < 3 || !word.endsWith('s')) return null;
  if (!word.endsWith('ss') && isKnown(word.slice(0, -1))) return word.slice(0, -1);
  const takesEs = word.length > 4 && word.endsWith('es') && !word.endsWith('ies');
  if ((word.endsWith("'s") || takesEs) && isKnown(word.slice(0, -2))) return word.slice(0, -2);
  const withY = `${word.slice(0, -3)}y`;
  return word.length > 4 && word.endsWith('ies') && isKnown(withY) ? withY : null;
}

function stemOfEd(word: string, isKnown: IsKnown): string | null {
  if (word.length < 4 || !word.endsWith('d')) return null;
  if (!word.endsWith('dd') && isKnown(word.slice(0, -1))) return word.slice(0, -1);
  const takesEd = word.length > 4 && word.endsWith('ed') && !word.endsWith('eed');
  return takesEd && isKnown(word.slice(0, -2)) ? word.slice(0, -2) : null;
}

function stemOfIng(word: string, isKnown: IsKnown): string | null {
  if (word.length < 5 || !word.endsWith('ing')) return null;
  const stem = word.slice(0, -3);
  if (word.length > 5 && isKnown(stem)) return stem;
  if (isKnown(`${stem}e`)) return `${stem}e`;
  const isDoubled = /([bcdgklmnprstvxz])\1ing$|cking$/.test(word);
  return word.length > 5 && isDoubled && isKnown(word.slice(0, -4)) ? word.slice(0, -4) : null;
}
