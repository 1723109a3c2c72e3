/** Grapheme to phoneme against the voice's own package, which read the same sentences with the same data. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { loadPronunciation } from '../../../../server/agent/offline/speech/hibari/load-pronunciation.js';
import { phonemesOf } from '../../../../server/agent/offline/speech/hibari/phonemes-of.js';
import { phrasesOf } from '../../../../server/agent/offline/speech/hibari/phrases-of.js';
import type { Pronunciation } from '../../../../server/agent/offline/speech/hibari/phonemes-of.js';
import { describeVoice, voiceFiles } from './voice-files.js';

/** Made once by `hibari-tts` 0.2.1: a sentence, and its phonemes. */
const reference = JSON.parse(
  readFileSync(fileURLToPath(new URL('reference-phonemes.json', import.meta.url)), 'utf8'),
) as [string, string][];

describeVoice('the pronunciation of the neural voice', () => {
  let reading: Pronunciation;
  beforeAll(async () => {
    if (voiceFiles) reading = await loadPronunciation(voiceFiles);
  });
  const read = (sentence: string): Promise<string> => phonemesOf(sentence, reading);

  // Of 482 sentences that nobody had looked at before, 481 agreed.
  it('is that of its package', async () => {
    const wrong: string[] = [];
    for (const [sentence, phonemes] of reference) {
      const ours = await read(sentence);
      if (ours !== phonemes) wrong.push(`${sentence}: ${ours} instead of ${phonemes}`);
    }
    expect(reference.length).toBeGreaterThan(120);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(reference.length * 0.02);
  });

  it.each([
    ['letters that are spelled', 'K A T E I', 'kˈA ˈA tˈi ˈi ˈI'],
    ['an article before a vowel and a consonant', 'the apple, the pear', 'ði ˈæpᵊl, ðə pˈɛɹ'],
    ['a verb', 'We close at six.', 'wˌi klˈOz æt sˈɪks.'],
    ['the same as an adjective', 'It is close to us.', 'ˌɪt ɪz klˈOs tʊ ˌʌs.'],
    ['a word that no object may have as a member', 'constructor', 'kənstɹˈʌktəɹ'],
    ['a digit that nobody made a word of', 'Room 7', 'ɹˈum sˈɛvən'],
    ['quotation marks', '"Yes," she said.', 'jˈɛs, ʃi sˈɛd.'],
    ['the end of a quotation', 'He said "no".', 'hˌi sˈɛd nˈO.'],
    ['nothing', '', ''],
    ['signs alone', '*** 🙂', ''],
  ])('reads %s', async (_what, sentence, phonemes) => {
    expect(await read(sentence)).toBe(phonemes);
  });

  it('makes sounds of words that no dictionary has', async () => {
    expect(await read('Kubernetes and Papadopoulos')).toMatch(/^\S{6,} ænd \S{8,}$/);
    expect(await read('Żółć')).not.toBe('');
  });
});

it('cuts a long sentence where one takes breath, and loses nothing of it', () => {
  const long = 'wˈʌn tˈu, θɹˈi fˈɔɹ fˈIv; sˈɪks sˈɛvən ˈAt nˈIn tˈɛn.';
  const phrases = phrasesOf(long, 20);
  expect(phrases).toEqual(['wˈʌn tˈu,', 'θɹˈi fˈɔɹ fˈIv;', 'sˈɪks sˈɛvən ˈAt', 'nˈIn tˈɛn.']);
  expect(phrasesOf('x'.repeat(50), 20).map(({ length }) => length)).toEqual([20, 20, 10]);
});

it('looks a word of many parts up as often as it has parts, and not as often as they can be put together', async () => {
  const looksUp = async (parts: number): Promise<number> => {
    let count = 0;
    await phonemesOf(Array(parts).fill('so').join('-'), {
      lexicon: (word) => {
        count += 1;
        return word === 'so' ? 'sˈO' : null;
      },
      tagger: (words) => words.map(() => 'RB'),
      guess: () => Promise.resolve(''),
    });
    return count;
  };
  expect(await looksUp(128)).toBeLessThan(5 * (await looksUp(32)));
});
