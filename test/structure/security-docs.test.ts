/** Holds that every test that SECURITY.md names is there, and that every promise names one. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.js';

const rows = readFileSync(join(root, 'SECURITY.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]/.test(line));

describe('SECURITY.md', () => {
  it('has a test behind each promise', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => !/`test\/[\w./-]+\.test\.ts`/.test(row))).toEqual([]);
  });

  it('names tests that exist, by the names that they have', () => {
    const named = rows.flatMap((row) => [
      ...row.matchAll(/`(test\/[\w./-]+\.test\.ts)`(?: "([^"]+)")?/g),
    ]);
    const missing = named.filter(([, file = '', title]) => {
      const path = join(root, file);
      return !existsSync(path) || (title && !readFileSync(path, 'utf8').includes(title));
    });
    expect(missing.map(([whole]) => whole)).toEqual([]);
  });
});
