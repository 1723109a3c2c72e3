/** Small words whose sound depends on what stands beside them. */
import type { Lexicon, Reading } from './lexicon.js';

/** Phonemes of a word that has rules of its own; `null` for all others. */
export function functionWord(word: string, reading: Reading, lexicon: Lexicon): string | null {
  const { tag, stress, nextVowel, beforeTo } = reading;
  const isNoun = tag.startsWith('NN');
  switch (word) {
    case 'a':
    case 'A':
      return tag === 'DT' ? 'ɐ' : 'ˈA';
    case 'am':
    case 'Am':
    case 'AM':
      if (isNoun) return null;
      return nextVowel !== null && word === 'am' && (stress ?? 0) <= 0 ? 'ɐm' : 'æm';
    case 'an':
    case 'An':
      return 'ɐn';
    case 'AN':
      return isNoun ? null : 'ɐn';
    case 'I':
      return tag === 'PRP' ? 'ˌI' : null;
    case 'by':
    case 'By':
    case 'BY':
      return tag.startsWith('RB') || tag.startsWith('ADV') ? 'bˈI' : null;
    case 'to':
    case 'To':
    case 'TO':
      if (word === 'TO' && tag !== 'TO' && tag !== 'IN') return null;
      if (nextVowel === null) return null;
      return nextVowel ? 'tʊ' : 'tə';
    case 'in':
    case 'In':
    case 'IN':
      if (word === 'IN' && tag === 'NNP') return null;
      return nextVowel === null || tag !== 'IN' ? 'ˈɪn' : 'ɪn';
    case 'the':
    case 'The':
    case 'THE':
      if (word === 'THE' && tag !== 'DT') return null;
      return nextVowel === true ? 'ði' : 'ðə';
    case 'used':
    case 'Used':
    case 'USED':
      // "Used to", and not "it is used".
      return lexicon('used', {
        ...reading,
        stress: null,
        tag: (tag === 'VBD' || tag === 'JJ') && beforeTo ? 'VBD' : 'DEFAULT',
      });
    default:
      return null;
  }
}
