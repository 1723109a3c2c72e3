/** Grapheme to phoneme: an English sentence in plain words as the sounds that the voice was taught. */
import { functionWord } from './function-words.js';
import type { Lexicon, Reading } from './lexicon.js';
import { applyStress, hasPrimaryStress, isVowel, weightOf } from './stress.js';
import type { Tagger } from './tagger.js';
import { tokensOf } from './tokens.js';
import type { Token } from './tokens.js';

/** What a sentence is read with. */
export interface Pronunciation {
  lexicon: Lexicon;
  tagger: Tagger;
  /** Phonemes of a word that no dictionary has. */
  guess(word: string): Promise<string>;
}

interface Part {
  text: string;
  tag: string;
}

/** What follows decides how a word is said. */
type Following = Pick<Reading, 'nextVowel' | 'beforeTo'>;

/** Either a word, with the parts that it is made of, or punctuation. */
type Group = { parts: Part[]; isSpaced: boolean } | { sound: string; isSpaced: boolean };

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const PAUSES = /[;:,.!?—…]/;
const PARTS = /\p{Lu}(?=\p{Lu}\p{Ll})|[\p{L}']*?\p{Ll}(?=\p{Lu})|[\p{L}\p{M}']+|[^\p{L}\p{M}']+/gu;
const JOINT = /^[-_']+$/;
/** Of one entry of a dictionary: "what-you-see-is-what-you-get" has 13, hyphens included. */
const MOST_PARTS = 16;

/** A digit that nobody has made a word of is said by its name. */
export async function phonemesOf(sentence: string, reading: Pronunciation): Promise<string> {
  const words = sentence
    .replace(/\d/g, (digit) => ` ${DIGITS[Number(digit)] ?? ''} `)
    .replaceAll('/', ' ');
  const groups = groupsOf(words, reading.tagger);
  let following: Following = { nextVowel: null, beforeTo: false };
  const sounds: string[] = [];
  for (const group of groups.toReversed()) {
    if ('sound' in group) {
      following = after(group.sound, '', following);
      sounds.push(group.sound + (group.isSpaced ? ' ' : ''));
      continue;
    }
    const said = await sayGroup(group.parts, following, reading);
    following = said.following;
    sounds.push(said.sound + (group.isSpaced ? ' ' : ''));
  }
  return sounds
    .reverse()
    .join('')
    .replaceAll('ɾ', 'T')
    .replaceAll('ʔ', 't')
    .replace(/ +/g, ' ')
    .trim();
}

function groupsOf(sentence: string, tagger: Tagger): Group[] {
  const tokens = tokensOf(sentence);
  const tags = tagTokens(tokens, tagger);
  const groups: Group[] = [];
  let isOpen = false;
  for (const [index, { text, isSpaced }] of tokens.entries()) {
    const last = groups.at(-1);
    const isJoint = isOpen && !isSpaced && JOINT.test(text);
    if (!/\p{L}/u.test(text) && !isJoint) {
      groups.push({ sound: punctuation(text), isSpaced });
      isOpen = false;
      continue;
    }
    const parts = (text.match(PARTS) ?? []).map((part) => ({
      text: part,
      tag: tags[index] ?? 'NN',
    }));
    if (isOpen && last && 'parts' in last) {
      last.parts.push(...parts);
      last.isSpaced = isSpaced;
    } else groups.push({ parts, isSpaced });
    isOpen = !isSpaced;
  }
  return groups;
}

/** The tagger's answer, but for two things that it does not see. */
function tagTokens(tokens: readonly Token[], tagger: Tagger): string[] {
  const textAt = (index: number): string => tokens[index]?.text ?? '';
  const isLetter = (index: number): boolean => /^[A-Z]$/.test(textAt(index));
  return tagger(tokens.map(({ text }) => text)).map((tag, index) => {
    // A letter beside a letter is spelled: "A" is no article there, and "I" nobody.
    if (isLetter(index) && (isLetter(index - 1) || isLetter(index + 1))) return 'NNP';
    // "We close at six": what somebody does is a verb.
    const isDoing = /^(?:I|we|they|who)$/i.test(textAt(index - 1));
    return isDoing && ['JJ', 'NN', 'RB'].includes(tag) ? 'VBP' : tag;
  });
}

function punctuation(text: string): string {
  return text === '-' || text === '–' ? '—' : text.replace(/[^;:,.!?—…()]/g, '');
}

/** The longest endings that a dictionary has, from the last part to the first. */
async function sayGroup(
  parts: readonly Part[],
  next: Following,
  { lexicon, guess }: Pronunciation,
): Promise<{ sound: string; following: Following }> {
  let following = next;
  const sounds = parts.map(() => '');
  let right = parts.length;
  while (right > 0) {
    const left = parts.findIndex((_, index) => {
      if (index < right - MOST_PARTS || index >= right) return false;
      const { text, tag } = merged(parts.slice(index, right));
      const stress = text === text.toLowerCase() ? null : text === text.toUpperCase() ? 2 : 0.5;
      const how: Reading = { tag, stress, ...following };
      const sound = functionWord(text, how, lexicon) ?? lexicon(text, how);
      if (sound === null) return false;
      sounds[index] = sound;
      following = after(sound, text, following);
      return true;
    });
    if (left >= 0) {
      right = left;
      continue;
    }
    right -= 1;
    if (JOINT.test(parts[right]?.text ?? '')) continue;
    const unknown = merged(parts).text.match(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu) ?? [];
    const guessed = await Promise.all(unknown.map(guess));
    const sound = guessed.filter(Boolean).join(' ');
    return { sound, following: after(sound, merged(parts).text, next) };
  }
  return { sound: resolved(parts, sounds).join(''), following };
}

/** The parts as one word, of the kind of its longest part; capitals count double. */
function merged(parts: readonly Part[]): Part {
  const length = ({ text }: Part): number =>
    [...text].reduce((sum, sign) => sum + (sign === sign.toLowerCase() ? 1 : 2), 0);
  const longest = parts.reduce((best, part) => (length(part) > length(best) ? part : best));
  return { text: parts.map(({ text }) => text).join(''), tag: longest.tag };
}

/** A compound has fewer stresses than its parts. */
function resolved(parts: readonly Part[], sounds: readonly string[]): string[] {
  const heard = sounds.flatMap((sound, index) =>
    sound ? [{ index, isStrong: hasPrimaryStress(sound), weight: weightOf(sound) }] : [],
  );
  const weaken = (indexes: readonly number[]): string[] =>
    sounds.map((sound, index) => (indexes.includes(index) ? applyStress(sound, -0.5) : sound));
  const [first, second] = heard;
  if (heard.length === 2 && first && second && parts[first.index]?.text.length === 1) {
    return weaken([second.index]);
  }
  const strong = heard.filter(({ isStrong }) => isStrong).length;
  if (heard.length < 2 || strong <= (heard.length + 1) >> 1) return [...sounds];
  const byWeight = heard.toSorted(
    (a, b) => Number(a.isStrong) - Number(b.isStrong) || a.weight - b.weight || a.index - b.index,
  );
  return weaken(byWeight.slice(0, heard.length >> 1).map(({ index }) => index));
}

function after(sound: string, word: string, following: Following): Following {
  const beforeTo = word === 'to' || word === 'To';
  for (const phoneme of sound) {
    if (PAUSES.test(phoneme)) return { nextVowel: null, beforeTo };
    const vowel = isVowel(phoneme);
    if (vowel !== null) return { nextVowel: vowel, beforeTo };
  }
  return { nextVowel: following.nextVowel, beforeTo };
}
