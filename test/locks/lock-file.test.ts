/** One process at a time, and none that is gone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLockFile } from '../../server/locks/lock-file.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialnexa-lock-'));
  file = join(folder, 'lock.pid');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is held until it is given back', () => {
  const first = takeLockFile(file);
  expect(takeLockFile(file)).toEqual({ holder: process.pid });
  if (first.holder === null) first.release();
  expect(takeLockFile(file)).toMatchObject({ holder: null });
});

it.each([
  ['a process that is gone', '2147483646 1'],
  ['a process whose number is another’s by now', `${process.ppid} 1`],
  ['nobody, since it was never written to its end', ''],
])('is not held by %s', (_, mark) => {
  writeFileSync(file, mark);
  expect(takeLockFile(file)).toMatchObject({ holder: null });
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
});
