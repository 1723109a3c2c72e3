/** What callers are likely to say makes likelier, and what it leaves alone. */
import { describe, expect, it } from 'vitest';
import { createVocabularyBias } from '../../../server/agent/offline/speech/vocabulary-bias.js';
import { vocabularyOf } from '../../../server/agent/offline/dialogue/vocabulary-of.js';
import type { Dialogue } from '../../../sdk/wire/dialogue.js';

const START = 1;
const TOKENS: readonly string[] = ['', '', '', 'my', 'My', 'bike', 'is', 'ready', 'vicar', '.'];

/** One token a word. */
function encode(word: string): number[] {
  const token = TOKENS.indexOf(word);
  return token < 0 ? [] : [token];
}

function raised(
  before: string,
  last: string,
  sentences: readonly string[],
): Record<string, number> {
  const logits = new Float32Array(TOKENS.length);
  const tokenOf = (word: string): number => (word === '' ? START : TOKENS.indexOf(word));
  createVocabularyBias(sentences, encode, START).favour(logits, tokenOf(before), tokenOf(last));
  return Object.fromEntries(TOKENS.map((word, token) => [word, logits[token] ?? 0]));
}

describe('the vocabulary of a version', () => {
  it('favours its words, more so in their order', () => {
    const { vicar, my, bike, ready } = raised('is', 'my', ['is my bike ready', 'my bike']);
    expect(vicar).toBe(0);
    expect(my).toBeGreaterThan(0);
    expect(ready).toBe(my);
    expect(bike).toBeGreaterThan(my ?? 0);
  });

  it('begins with a capital too, and says nothing about marks and the end', () => {
    const favoured = raised('', '', ['my bike is ready.']);
    expect(favoured.My).toBeGreaterThan(0);
    expect(favoured['.']).toBe(0);
    expect(favoured['']).toBe(0);
  });

  it('changes nothing without sentences', () => {
    expect(Object.values(raised('', '', [' ', '...'])).every((by) => by === 0)).toBe(true);
  });

  it('is every sentence and slot of the dialogue, as far as a request can carry it', () => {
    const dialogue: Dialogue = {
      intents: [{ name: 'status', examples: ['is it ready', 'x'.repeat(100_000), 'done'] }],
      slots: { part: { type: 'choice', ask: 'Which?', choices: { chain: ['chains'] } } },
      yes: ['yes'],
      no: ['no'],
      not_understood: ['Pardon?'],
      offer_person: 'A person?',
      anything_else: 'Else?',
    };
    expect(vocabularyOf(dialogue)).toEqual(['chain', 'chains', 'yes', 'no', 'is it ready']);
  });
});
