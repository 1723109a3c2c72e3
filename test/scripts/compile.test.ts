/** Building beside a server that runs: what it has opened, and will open, is whole. */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const compiler = fileURLToPath(new URL('../../scripts/compile.mjs', import.meta.url));

function compiled(folder: string, source: string, ...args: string[]) {
  writeFileSync(join(folder, 'one.ts'), source);
  return spawnSync(process.execPath, [compiler, ...args, folder], { encoding: 'utf8' });
}

it('replaces a file as a whole, and leaves the one that is being read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{"compilerOptions":{"composite":true,"types":[],"outDir":"out"}}',
  );
  const product = join(folder, 'out/one.js');
  compiled(folder, 'export const name = "old";\n');
  const reader = openSync(product, 'r');
  onTestFinished(() => closeSync(reader));
  compiled(folder, 'export const name = "new";\n');
  expect(readFileSync(product, 'utf8')).toContain('"new"');
  expect(readFileSync(reader, 'utf8')).toContain('"old"');

  const wrong = 'export const name: number = "wrong";\n';
  expect(compiled(folder, wrong, '--noCheck')).toMatchObject({ status: 0, stdout: '' });
  const told = compiled(folder, wrong);
  expect(told.stdout).toContain('one.ts(1,14): error TS2322');
  expect(told.status).not.toBe(0);
  const left = readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.next'));
  expect(left).toEqual([]);
});
