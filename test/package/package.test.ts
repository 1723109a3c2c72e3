/** Tests the package as it is shipped: packed, resolved by every subpath, and free of what does not belong in it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundles, buildCode } from '../../server/start/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'web-call-package-'));
const unpacked = join(folder, 'package');

interface Manifest {
  exports: Record<string, string | { types: string; default: string }>;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
let tarball: string;

beforeAll(async () => {
  await buildCode();
  await buildBundles();
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  execFileSync('npm', pack, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  execFileSync('tar', ['xzf', tarball, '-C', folder]);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function javascript(part: string): string[] {
  return readdirSync(join(unpacked, 'dist', part), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(unpacked, 'dist', part, name), 'utf8'));
}

function run(bin: string, args: string[]): string {
  const options = { cwd: root, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync(process.execPath, [join(root, 'node_modules', bin), ...args], options);
}

describe('the packed package', () => {
  it('holds the file of every export', () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    expect(targets.filter((target) => !existsSync(join(unpacked, target)))).toEqual([]);
  });

  it('ships neither server code nor tests', () => {
    expect(readdirSync(join(unpacked, 'dist')).sort()).toEqual(['bundle', 'sdk', 'widget']);
  });

  it('satisfies publint', () => {
    run('publint/src/cli.js', [tarball, '--strict']);
  });

  it('has types that resolve as its code does', () => {
    run('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'esm-only']);
  });

  it('keeps lit and the server out of the SDK, and the media code out of the widget', () => {
    const importsOf = (files: string[]): string[] =>
      files.flatMap((code) =>
        [...code.matchAll(/from '([^.'][^']*)'/g)].map((match) => match[1] ?? ''),
      );
    expect(new Set(importsOf(javascript('sdk')))).toEqual(new Set(['livekit-client']));
    const widget = importsOf(javascript('widget')).filter((name) => !name.startsWith('lit'));
    expect(widget).toEqual([]);
  });

  it('loads the media code apart from the script, which stays small', () => {
    const script = readFileSync(join(unpacked, 'dist/bundle/widget.js'));
    const names = readdirSync(join(unpacked, 'dist/bundle'));
    expect(names.filter((name) => /^media-.+\.js$/.test(name)).length).toBe(1);
    expect(script.includes('RTCEngine')).toBe(false);
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(40_000);
  });
});
