/** Holds which methods a chunk loses. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollup, type Plugin } from 'rollup';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'web-call-members-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The chunk that is made of this code, for users that are made of `outside`. */
async function chunkOf(code: string, outside: string): Promise<string> {
  writeFileSync(join(folder, 'outside.ts'), outside);
  const url = new URL('../../scripts/bundle/without-unused-members.mjs', import.meta.url).href;
  const { withoutUnusedMembers } = (await import(url)) as {
    withoutUnusedMembers: (folder: string) => Plugin;
  };
  const entry = { name: 'entry', resolveId: (id: string) => id, load: () => code };
  const build = await rollup({ input: 'entry', plugins: [entry, withoutUnusedMembers(folder)] });
  const { output } = await build.generate({ format: 'es' });
  return output[0].code;
}

it('those that only unused ones call, and what only these use', async () => {
  const code = await chunkOf(
    `const sound = () => 'unheard'; const tone = () => 'heard';
     class Bell { ring() { return tone(); } chime() { return this.strike(); } strike() { return sound(); } }
     export const bell = new Bell();`,
    'bell.ring()',
  );
  expect(code).toContain('ring()');
  expect(code).toContain("'heard'");
  expect(code).not.toMatch(/chime|strike|sound|unheard/);
});

it('none that a text names, a template, an engine or a subclass', async () => {
  const code = await chunkOf(
    `class Bell { ring() { return this.sound(); } sound() { return 'a'; } toJSON() { return 1; } chime() {} peal() {} get size() { return 1; } }
     class Louder extends Bell { sound() { return super.sound() + this['chime']() + this[\`peal\`]() + this.size; } }
     export const bell = new Louder();`,
    'bell.ring()',
  );
  for (const name of ['ring', 'sound', 'toJSON', 'chime', 'peal', 'size']) {
    expect(code).toMatch(new RegExp(`${name}\\(\\) \\{`));
  }
});
