/** What a page downloads: how much, when, and that a strict content security policy lets it run. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildBundles } from '../../server/start/build.mjs';

const folder = fileURLToPath(new URL('../../dist/bundle', import.meta.url));

/** Bytes, gzipped. Raise one only with a reason. */
const budgets: [name: RegExp, bytes: number][] = [
  [/^widget\.js$/, 28_000],
  [/^sdk\.js$/, 11_000],
  [/^media-.+\.js$/, 130_000],
];

beforeAll(() => buildBundles());

function source(name: RegExp): string {
  const file = readdirSync(folder).find((entry) => name.test(entry));
  if (!file) throw new Error(`no ${String(name)} in ${folder}`);
  return readFileSync(join(folder, file), 'utf8');
}

describe('the bundles', () => {
  it.each(budgets)('%s stays under its budget', (name, bytes) => {
    const size = gzipSync(source(name), { level: 9 }).length;
    expect(size).toBeLessThanOrEqual(bytes);
  });

  it('hold the media code once, apart from what a page loads at first', () => {
    const withMedia = readdirSync(folder).filter((name) =>
      readFileSync(join(folder, name), 'utf8').includes('lk.transcription'),
    );
    expect(withMedia).toEqual([expect.stringMatching(/^media-.+\.js$/)]);
  });

  it('let the media chunk stand alone: a second copy of ours beside a script would be another', () => {
    expect(source(/^media-/)).not.toMatch(/\bfrom\s*["']\.|\bimport\s*["']\./);
  });

  it('name the media chunk by its hash in the script, found from the address of the tag', () => {
    const chunk = readdirSync(folder).find((name) => name.startsWith('media-'));
    expect(source(/^widget\.js$/)).toContain(`import(new URL("./${chunk}",`);
  });

  it.each([/^widget\.js$/, /^sdk\.js$/, /^media-/])('%s needs no eval and no blob', (name) => {
    const code = source(name);
    expect(code).not.toMatch(/\beval\(|new Function\(/);
    expect(code).not.toMatch(/audioWorklet\.addModule/);
  });

  it('carry no secret word of the server', () => {
    for (const name of readdirSync(folder)) {
      const code = readFileSync(join(folder, name), 'utf8');
      expect(code).not.toMatch(/LIVEKIT_API_SECRET|DATABASE_URL|drizzle|hono/);
    }
  });
});
