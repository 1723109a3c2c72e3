/** Holds that docs/architecture.md names files and folders that exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.js';

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const words = [...page.matchAll(/`([\w./-]+)`/g)].map(([, word = '']) => word);
const all = ['sdk', 'widget', 'server', 'test', 'examples'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
    (name) => `/${folder}/${name}`,
  ),
);

describe('docs/architecture.md', () => {
  it('names files that exist', () => {
    const files = words.filter((word) => /\.(ts|mjs|json)$/.test(word));
    expect(files.length).toBeGreaterThan(25);
    const is = (file: string): boolean =>
      existsSync(join(root, file)) || all.some((one) => one.endsWith(`/${file}`));
    expect(files.filter((file) => !is(file))).toEqual([]);
  });

  it('names folders that exist', () => {
    const folders = words.filter((word) => word.endsWith('/') && !word.startsWith('/'));
    const is = (folder: string): boolean =>
      existsSync(join(root, folder)) || all.some((one) => one.endsWith(`/${folder.slice(0, -1)}`));
    expect(folders.filter((folder) => !is(folder))).toEqual([]);
  });
});
