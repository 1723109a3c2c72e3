/** Reads what the voice's package says of pronunciation: dictionaries, tagger, network for unknown words. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { HibariFiles } from '../../models/model-files.js';
import { createLexicon } from './lexicon.js';
import type { WordList } from './lexicon.js';
import { openSession } from './open-session.js';
import type { Pronunciation } from './phonemes-of.js';
import { createTagger } from './tagger.js';
import type { TaggerData } from './tagger.js';
import { createWordGuesser } from './word-guesser.js';
import type { GuesserAlphabet } from './word-guesser.js';

const unzip = promisify(gunzip);

/** About a third of a second. Throws when a file is missing or broken. */
export async function loadPronunciation(files: HibariFiles): Promise<Pronunciation> {
  const gold = await readZipped<WordList>(files.goldLexicon);
  const silver = await readZipped<WordList>(files.silverLexicon);
  const tagger = await readZipped<TaggerData>(files.tagger);
  const alphabet = JSON.parse(await readFile(files.unknownLetters, 'utf8')) as GuesserAlphabet;
  return {
    lexicon: createLexicon(withoutPrototype(gold), withoutPrototype(silver)),
    tagger: createTagger({ ...tagger, tagdict: withoutPrototype(tagger.tagdict) }),
    guess: createWordGuesser(await openSession(files.unknownNetwork), alphabet),
  };
}

async function readZipped<T>(path: string): Promise<T> {
  return JSON.parse((await unzip(await readFile(path))).toString('utf8')) as T;
}

/** "constructor" is a word like any other. */
function withoutPrototype<T extends object>(words: T): T {
  return Object.setPrototypeOf(words, null) as T;
}
