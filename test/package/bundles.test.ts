/** What a page downloads: how much, when, and that a strict content security policy lets it run. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundles } from '../../scripts/build.mjs';
import { serveApp, type ServedApp } from '../support/served-app.js';
import type { IncomingMessage } from 'node:http';

const folder = fileURLToPath(new URL('../../dist/bundle', import.meta.url));

/** Bytes on the wire, by brotli, which browsers ask for over https:, and by gzip. Raise one only with a reason. */
const budgets: [name: RegExp, brotli: number, gzip: number][] = [
  // Lit and a button, before a visitor wants anything: what is not needed for that belongs into the card.
  [/^widget\.js$/, 10_280, 11_550],
  [/^widget\.esm\.js$/, 10_280, 11_550],
  // The SDK is in it, and English; 5,000 are the questions before a call, the rating after it, the devices and the ways out
  // of every failure, 1,200 the dialog, the sheet, the one line, the one button and the list of languages, 1,100 what the
  // published version says of all that; 300 are buttons that stay in sight in every window, and English words for visitors
  // where the table of errors speaks to the owner, 700 DOM events for all of the SDK's, and facts of a failed call to copy,
  // 1,000 to say when to call again, to type without a microphone, and to read every button in every state of it;
  // what the SDK has more is below.
  [/^card-.+\.js$/, 36_480, 41_480],
  // A language each, loaded where it is spoken.
  [/^texts-de-.+\.js$/, 3_300, 3_700],
  [/^texts-ar-.+\.js$/, 3_000, 3_600],
  [/^texts-hi-.+\.js$/, 3_000, 3_600],
  // Calls that follow each other at any speed, a microphone that is muted, lost and switched at any moment, 1,600 to
  // find out why a call could not be made, with a sentence for each cause, 500 for typed words that wait for their agent,
  // 25 for which devices are in use, 200 for a call that is in one phase at a time, in place of fields that had to agree,
  // 650 for what the page has seen of its call, told to the record while it goes on and when the page closes, and for the
  // caller's rating; 900 for functions of the page, context and keys; 1,750 for calls that the next page takes up, one call
  // at a time in a browser, the facts of a call for whoever looks for a fault, and the door of the trial before a call; 150 to
  // ask for nothing where the page can have no microphone, and to join while one that was allowed is opening; 850 to say of
  // every method what is wrong with what it was given; 230 for what throws when it is read or written, a microphone that is lost
  // time and again, and a browser that never answers.
  // 120 to look at what the page before has kept, which another script may have changed.
  [/^sdk\.js$/, 17_470, 19_440],
  [/^media-.+\.js$/, 68_500, 81_000],
  // The trial before a call, which most pages never load.
  [/^preflight-.+\.js$/, 1_700, 1_950],
];

let served: ServedApp;

beforeAll(async () => {
  await buildBundles();
  served = await serveApp();
});
afterAll(() => served.close());

/** What a browser that accepts only this coding receives, as it comes from the socket. */
async function received(
  path: string,
  encoding: string,
): Promise<IncomingMessage & { body: Buffer }> {
  const headers = { 'accept-encoding': encoding };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${served.url}/${path}`, { headers }, resolve).on('error', reject);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Object.assign(answer, { body: Buffer.concat(chunks) });
}

/** The files of this build: those of the last few are kept beside them, and copies beside each. */
function files(): string[] {
  const code = ['sdk.js', 'widget.js'].map((name) => readFileSync(join(folder, name), 'utf8'));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .filter((name) => {
      // The button names the languages and their hash apart.
      const named = name.replace(/^texts-[a-z]+/, '');
      return (
        !/^(media|card|texts|preflight)-/.test(name) || code.some((one) => one.includes(named))
      );
    });
}

function named(name: RegExp): string {
  const file = files().find((entry) => name.test(entry));
  if (!file) throw new Error(`no ${String(name)} in ${folder}`);
  return file;
}

function source(name: RegExp): string {
  return readFileSync(join(folder, named(name)), 'utf8');
}

describe('the bundles', () => {
  it.each(budgets)('%s stays under its budget on the wire', async (name, brotli, gzip) => {
    for (const [encoding, bytes, decode] of [
      ['br', brotli, brotliDecompressSync],
      ['gzip', gzip, gunzipSync],
    ] as const) {
      const { headers, body } = await received(named(name), encoding);
      expect(headers['content-encoding']).toBe(encoding);
      expect(Number(headers['content-length'])).toBe(body.length);
      expect(body.length, encoding).toBeLessThanOrEqual(bytes);
      expect(decode(body).toString('utf8') === source(name)).toBe(true);
    }
  });

  it.each([
    ['console/console.js', 'br', 3],
    ['docs/swagger-ui-bundle.js', 'gzip', 3],
    ['docs/swagger-ui.css', 'gzip', 5],
    ['openapi.json', 'gzip', 5],
  ])('come beside %s, which %s makes small too', async (path, encoding, times) => {
    const plain = await received(path, 'identity');
    const small = await received(path, `${encoding}, x-other`);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(small.headers['content-encoding']).toBe(encoding);
    const decode = encoding === 'br' ? brotliDecompressSync : gunzipSync;
    expect(decode(small.body).equals(plain.body)).toBe(true);
    expect(small.body.length * times).toBeLessThan(plain.body.length);
  });

  it('hold the media code once, apart from what a page loads at first', () => {
    const withMedia = files().filter((name) =>
      readFileSync(join(folder, name), 'utf8').includes('lk.transcription'),
    );
    expect(withMedia).toEqual([expect.stringMatching(/^media-.+\.js$/)]);
  });

  it.each([/^media-/, /^card-/, /^texts-/, /^preflight-/])(
    'let %s stand alone: a second copy of ours would be another',
    (name) => {
      expect(source(name)).not.toMatch(/\bfrom\s*["']\.|\bimport\s*["']\./);
    },
  );

  it('name their chunks by hash, the card from the address of the tag', () => {
    expect(source(/^widget\.js$/)).toContain(`import(new URL("./${named(/^card-/)}",`);
    expect(source(/^widget\.esm\.js$/)).toContain(`import("./${named(/^card-/)}")`);
    expect(source(/^card-/)).toContain(`import("./${named(/^media-/)}")`);
    expect(source(/^sdk\.js$/)).toContain(`import("./${named(/^media-/)}")`);
    expect(source(/^sdk\.js$/)).toContain(`import("./${named(/^preflight-/)}")`);
  });

  it('hold Lit once: the card takes that of the button', () => {
    const withLit = files().filter((name) =>
      readFileSync(join(folder, name), 'utf8').includes('litHtmlVersions'),
    );
    expect(withLit.sort()).toEqual(['widget.esm.js', 'widget.js']);
  });

  it.each([/^widget\.js$/, /^sdk\.js$/, /^media-/, /^card-/])(
    '%s needs no eval and no blob',
    (name) => {
      const code = source(name);
      expect(code).not.toMatch(/\beval\(|new Function\(/);
      expect(code).not.toMatch(/audioWorklet\.addModule/);
    },
  );

  it('leave the chunks of the last builds to the pages that are still open, and no more', async () => {
    const plugin = new URL('../../scripts/bundle/drop-old-chunks.mjs', import.meta.url).href;
    const { dropOldChunks } = (await import(plugin)) as {
      dropOldChunks: (folder: string) => { writeBundle: (_: unknown, bundle: object) => void };
    };
    const built = mkdtempSync(join(tmpdir(), 'web-call-bundles-'));
    const names = Array.from({ length: 9 }, (_, build) => `media-build000${build}.js`);
    const withCopies = (name: string) => [name, `${name}.br`, `${name}.gz`];
    for (const [build, name] of names.entries()) {
      for (const file of withCopies(name)) {
        writeFileSync(join(built, file), '');
        utimesSync(join(built, file), build, build);
      }
    }
    const others = ['widget.js', 'integrity.json', 'card-old00000.js'];
    for (const name of [...others, 'sdk.js', 'shared-old00000.js'].flatMap(withCopies)) {
      writeFileSync(join(built, name), '');
    }
    // A quick one: it has made no copies.
    dropOldChunks(built).writeBundle(null, { 'media-build0008.js': {}, 'sdk.js': {} });
    const left = readdirSync(built).sort();
    rmSync(built, { recursive: true });
    const kept = [...names.slice(3, 8), ...others].flatMap(withCopies);
    expect(left).toEqual([...kept, 'media-build0008.js', 'sdk.js'].sort());
  });

  it('carry no secret word of the server', () => {
    for (const name of files()) {
      const code = readFileSync(join(folder, name), 'utf8');
      expect(code).not.toMatch(/LIVEKIT_API_SECRET|DATABASE_URL|drizzle|hono/);
    }
  });
});
