/** What a page downloads: how much, when, and that a strict content security policy lets it run. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildBundles } from '../../server/start/build.mjs';

const folder = fileURLToPath(new URL('../../dist/bundle', import.meta.url));

/** Bytes, gzipped. Raise one only with a reason. */
const budgets: [name: RegExp, bytes: number][] = [
  // 2,500 of these are the German sentences for every error code, 600 build templates on pages with Trusted
  // Types, 700 are for typed words that are refused, kept and waited for.
  [/^widget\.js$/, 35_000],
  // Calls that follow each other at any speed, a microphone that is muted, lost and switched at any moment, 1,600 to
  // find out why a call could not be made, with a sentence for each cause, and 500 for typed words that wait for their agent.
  [/^sdk\.js$/, 13_800],
  [/^media-.+\.js$/, 130_000],
];

beforeAll(() => buildBundles());

/** The files of this build: those of the last few are kept beside them. */
function files(): string[] {
  const code = readFileSync(join(folder, 'sdk.js'), 'utf8');
  return readdirSync(folder).filter((name) => !/^media-/.test(name) || code.includes(name));
}

function source(name: RegExp): string {
  const file = files().find((entry) => name.test(entry));
  if (!file) throw new Error(`no ${String(name)} in ${folder}`);
  return readFileSync(join(folder, file), 'utf8');
}

describe('the bundles', () => {
  it.each(budgets)('%s stays under its budget', (name, bytes) => {
    const size = gzipSync(source(name), { level: 9 }).length;
    expect(size).toBeLessThanOrEqual(bytes);
  });

  it('hold the media code once, apart from what a page loads at first', () => {
    const withMedia = files().filter((name) =>
      readFileSync(join(folder, name), 'utf8').includes('lk.transcription'),
    );
    expect(withMedia).toEqual([expect.stringMatching(/^media-.+\.js$/)]);
  });

  it('let the media chunk stand alone: a second copy of ours beside a script would be another', () => {
    expect(source(/^media-/)).not.toMatch(/\bfrom\s*["']\.|\bimport\s*["']\./);
  });

  it('name the media chunk by its hash in the script, found from the address of the tag', () => {
    const chunk = files().find((name) => name.startsWith('media-'));
    expect(source(/^widget\.js$/)).toContain(`import(new URL("./${chunk}",`);
  });

  it.each([/^widget\.js$/, /^sdk\.js$/, /^media-/])('%s needs no eval and no blob', (name) => {
    const code = source(name);
    expect(code).not.toMatch(/\beval\(|new Function\(/);
    expect(code).not.toMatch(/audioWorklet\.addModule/);
  });

  it('leave the chunks of the last builds to the pages that are still open, and no more', async () => {
    const config = new URL('../../rollup.config.mjs', import.meta.url).href;
    const { dropOldChunks } = (await import(config)) as {
      dropOldChunks: (folder: string) => { writeBundle: (_: unknown, bundle: object) => void };
    };
    const built = mkdtempSync(join(tmpdir(), 'web-call-bundles-'));
    const names = Array.from({ length: 9 }, (_, build) => `media-build000${build}.js`);
    for (const [build, name] of names.entries()) {
      writeFileSync(join(built, name), '');
      utimesSync(join(built, name), build, build);
    }
    for (const name of ['widget.js', 'sdk.js', 'shared-old00000.js']) {
      writeFileSync(join(built, name), '');
    }
    dropOldChunks(built).writeBundle(null, { 'media-build0008.js': {}, 'sdk.js': {} });
    const left = readdirSync(built).sort();
    rmSync(built, { recursive: true });
    expect(left).toEqual([...names.slice(3), 'sdk.js', 'widget.js']);
  });

  it('carry no secret word of the server', () => {
    for (const name of files()) {
      const code = readFileSync(join(folder, name), 'utf8');
      expect(code).not.toMatch(/LIVEKIT_API_SECRET|DATABASE_URL|drizzle|hono/);
    }
  });
});
