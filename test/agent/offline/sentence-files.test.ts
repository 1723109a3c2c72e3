/** Sentences that calls share over the disk: what is found again, what is not, and how much there may be. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSentenceCache } from '../../../server/agent/offline/speech/sentence-cache.js';
import { openSentenceFiles } from '../../../server/agent/offline/speech/sentence-files.js';
import { ownWords } from '../../../server/agent/offline/speech/own-words.js';
import { waitFor } from '../../support/wait-for.js';
import { workshopSettings } from '../support/workshop-settings.js';

const SOUND = Int16Array.from({ length: 5_000 }, (_, n) => n - 2_500);
const BYTES = 2 * SOUND.length + 40;
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'sentences-')), 'not', 'yet');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(join(folder, '..', '..'), { recursive: true, force: true });
});

const only = (): string => join(folder, readdirSync(folder)[0] ?? 'nothing');

it('are found by whoever opens the folder, for nobody else to read', async () => {
  expect(await openSentenceFiles(folder).read('Hello.')).toBe(null);
  // A view into something larger is not kept as a whole.
  await openSentenceFiles(folder).write('Hello.', new Int16Array(SOUND.buffer, 200, 1_000));
  const found = await openSentenceFiles(folder).read('Hello.');
  expect(found).toEqual(SOUND.slice(100, 1_100));
  expect(await openSentenceFiles(folder).read('hello.')).toBe(null);
  expect([statSync(folder).mode & 0o777, statSync(only()).mode & 0o777]).toEqual([0o700, 0o600]);
});

it.each([
  ['cut off', (file: Buffer) => file.subarray(0, file.length - 2)],
  ['cut off in a sample', (file: Buffer) => file.subarray(0, file.length - 1)],
  ['empty', () => Buffer.alloc(0)],
  ['shorter than its head', (file: Buffer) => file.subarray(0, 35)],
  ['spoilt', (file: Buffer) => (file.writeUInt8(file.readUInt8(500) ^ 1, 500), file)],
  ['of another program', () => Buffer.from('RIFF'.repeat(400))],
])('are not played when their file is %s, and are made anew', async (_, spoil) => {
  const files = openSentenceFiles(folder);
  await files.write('Hello.', SOUND);
  writeFileSync(only(), spoil(readFileSync(only())));
  expect(await files.read('Hello.')).toBe(null);
  expect(readdirSync(folder)).toEqual([]);
  await files.write('Hello.', SOUND);
  expect(await files.read('Hello.')).toEqual(SOUND);
});

it('are nothing where something else has their name: larger than all of them, or without an end', async () => {
  const files = openSentenceFiles(folder, 2 * BYTES);
  await files.write('Hello.', SOUND);
  const path = only();
  truncateSync(path, 3 * BYTES);
  expect(await files.read('Hello.')).toBe(null);
  expect(existsSync(path)).toBe(false);
  execFileSync('mkfifo', [path]);
  expect(await files.read('Hello.')).toBe(null);
  await files.write('Hello.', SOUND);
  expect(await files.read('Hello.')).toEqual(SOUND);
});

it('are made anew after a week, however often they were asked for', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const files = openSentenceFiles(folder);
  await files.write('Hello.', SOUND);
  for (let day = 0; day < 7; day += 1) {
    expect(await files.read('Hello.')).toEqual(SOUND);
    vi.setSystemTime(Date.now() + 86_400_000);
  }
  vi.setSystemTime(Date.now() + 1);
  expect(await files.read('Hello.')).toBe(null);
});

it('take no more room than they may: what was asked for longest ago goes, and what was never finished', async () => {
  const files = openSentenceFiles(folder, 3 * BYTES);
  const at = (path: string, secondsAgo: number): void =>
    utimesSync(path, Date.now() / 1_000 - secondsAgo, Date.now() / 1_000 - secondsAgo);
  for (const [index, name] of ['one', 'two', 'three'].entries()) {
    const before = new Set(names());
    await files.write(name, SOUND);
    const made = names().find((file) => !before.has(file)) ?? '';
    at(join(folder, made), 500 - index);
  }
  expect(await files.read('one')).toEqual(SOUND);
  writeFileSync(join(folder, 'dead.part'), 'x');
  at(join(folder, 'dead.part'), 120);
  await files.write('four', SOUND);
  expect(names()).toHaveLength(3);
  const found = await Promise.all(['one', 'two', 'three', 'four'].map((name) => files.read(name)));
  expect(found.map((one) => one !== null)).toEqual([true, false, true, true]);
  await files.write('too large', new Int16Array(2 * BYTES));
  expect(names()).toHaveLength(3);
});

function names(): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

it('of many who say the same at once are whole', async () => {
  const many = Array.from({ length: 20 }, () => openSentenceFiles(folder));
  await Promise.all(many.map((files) => files.write('Hello.', SOUND)));
  const found = await Promise.all(many.map((files) => files.read('Hello.')));
  for (const one of found) expect(one).toEqual(SOUND);
  expect(readdirSync(folder)).toHaveLength(1);
});

it('are not kept where that cannot be, and nobody hears of it', async () => {
  const files = openSentenceFiles(join(import.meta.filename, 'below-a-file'));
  await files.write('Hello.', SOUND);
  expect(await files.read('Hello.')).toBe(null);
});

it('spare the next call the work, where they are the same for everybody', async () => {
  const said: string[] = [];
  const call = () => {
    const cache = createSentenceCache(openSentenceFiles(folder));
    const say = async (name: string, isForAll: boolean): Promise<Int16Array[]> => {
      const pieces: Int16Array[] = [];
      const speak = async function* () {
        said.push(name);
        yield SOUND.slice(0, 1_000);
        yield SOUND.slice(1_000);
      };
      const sound = cache.through(name, new AbortController().signal, speak, isForAll);
      for await (const piece of sound) pieces.push(piece);
      return pieces;
    };
    return { say, figures: cache.figures };
  };
  const first = call();
  await first.say('Hello.', true);
  await first.say('Hello, Ann.', false);
  await waitFor(() => readdirSync(folder).filter((name) => name.endsWith('.pcm')).length === 1);
  const second = call();
  expect(await second.say('Hello.', true)).toEqual([SOUND]);
  expect(await second.say('Hello.', true)).toEqual([SOUND]);
  await second.say('Hello, Ann.', false);
  expect(said).toEqual(['Hello.', 'Hello, Ann.', 'Hello, Ann.']);
  expect(second.figures).toEqual({ lookups: 3, hits: 2, misses: 1, new_entries: 1 });
  expect(readdirSync(folder)).toHaveLength(1);
});

it('are those that stand in the version, and none with something of the caller in it', () => {
  // As the worker gets it: with the values of the call in their places.
  const settings = workshopSettings({
    welcome_message:
      'Hello Ann, this is the\n workshop. How may I help you? Mr Smith-Jones is out.',
    knowledge: [
      'A puncture costs twelve pounds.',
      'Your ticket is 47.',
      'We are in Leeds, Ms ANNABEL.',
    ],
    default_dynamic_variables: { town: 'Leeds' },
  });
  const variables = { name: 'Ann', family: 'smith', ticket: 4711, town: 'Leeds', empty: '' };
  const isOwn = ownWords({ settings, variables });
  const own = ['How may I help you?', 'A puncture costs  twelve pounds.'];
  for (const sentence of own) expect([sentence, isOwn(sentence)]).toEqual([sentence, true]);
  const others = [
    'Hello Ann, this is the workshop.',
    'Mr Smith-Jones is out.',
    // Cut by its template.
    'Your ticket is 47.',
    'We are in Leeds, Ms ANNABEL.',
    'Your order is ready.',
  ];
  for (const sentence of others) expect([sentence, isOwn(sentence)]).toEqual([sentence, false]);
  const nobody = ownWords({ settings, variables: { agent_name: 'Ann', town: 'Leeds' } });
  expect(nobody('Hello Ann, this is the workshop.')).toBe(true);
});
