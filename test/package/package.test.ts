/** Tests the package as it is shipped: packed, resolved by every subpath, and free of what does not belong in it. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'web-call-package-'));
const unpacked = join(folder, 'package');

interface Manifest {
  exports: Record<string, string | { types: string; default: string }>;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const tarball = inject('tarball');

beforeAll(() => {
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

  it('ships what its exports need and nothing that only a checkout needs', () => {
    expect(readdirSync(unpacked).sort()).toEqual([
      'LICENSE',
      ...(existsSync(join(root, 'README.md')) ? ['README.md'] : []),
      'dist',
      'package.json',
      'server',
    ]);
    const folders = readdirSync(join(unpacked, 'dist')).filter((name) => !name.includes('.'));
    expect(folders.sort()).toEqual(['bundle', 'console', 'sdk', 'server', 'widget']);
  });

  it('ships a compressed copy of all that browsers load, for its server to send', () => {
    const shipped = ['bundle', 'console'].flatMap((part) =>
      readdirSync(join(unpacked, 'dist', part)).map((name) => `${part}/${name}`),
    );
    const scripts = shipped.filter((name) => name.endsWith('.js'));
    expect(scripts).toEqual(expect.arrayContaining(['bundle/widget.js', 'console/console.js']));
    // Chunks of earlier builds may be of a quick one.
    for (const name of scripts.filter((one) => !/\/(media|card|texts|preflight)-/.test(one))) {
      expect(shipped).toEqual(expect.arrayContaining([`${name}.br`, `${name}.gz`]));
    }
  });

  it('is built before it is published, where no script of a package may run', () => {
    const place = mkdtempSync(join(folder, 'publish-'));
    cpSync(join(root, '.npmrc'), join(place, '.npmrc'));
    const npm = (...args: string[]): string =>
      execFileSync('npm', args, {
        cwd: place,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    const scripts = { prepack: 'node build.mjs' };
    writeFileSync(join(place, 'package.json'), JSON.stringify({ ...manifest, scripts }));
    writeFileSync(
      join(place, 'build.mjs'),
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('built', '');\n",
    );
    expect(npm('config', 'get', 'ignore-scripts').trim()).toBe('true');
    npm('publish', '--dry-run', '--force', '--registry', 'http://127.0.0.1:9/');
    expect(readdirSync(place)).toContain('built');
  });

  it('tells servers of React that its component is for the browser, too', () => {
    const code = readFileSync(join(unpacked, 'dist/widget/react/dialnexa-call.js'), 'utf8');
    expect(code.replace(/^\/\*\*[^]*?\*\/\s*/, '')).toMatch(/^'use client';/);
  });

  it('satisfies publint', () => {
    run('publint/src/cli.js', [tarball, '--strict']);
  });

  it('has types that resolve as its code does', () => {
    run('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'esm-only']);
  });

  it('keeps lit and the server out of the SDK, the media code out of the widget, and React in its component', () => {
    const importsOf = (files: string[]): string[] =>
      files.flatMap((code) =>
        [...code.matchAll(/\bfrom ?['"]([\w@][^'"]*)['"]/g)].map((match) => match[1] ?? ''),
      );
    expect(importsOf(javascript('sdk'))).toEqual([]);
    const widget = importsOf(javascript('widget')).filter((name) => !name.startsWith('lit'));
    expect(widget).toEqual(['react']);
    expect(importsOf(javascript('widget/react'))).toEqual(['react']);
  });

  it("keeps every other package and the page out of a backend's client", () => {
    const code = javascript('sdk/backend').join('\n');
    expect(code).not.toMatch(/from ['"][^.]|import\(['"][^.]|document\.|window\./);
  });

  it.each([
    ['@dialnexa/web-call', ['CallError', 'DialNexaWebCall', 'ERROR_TABLE']],
    ['@dialnexa/web-call/backend', ['BackendClient', 'RestError', 'openAgentJobs', 'retry']],
    ['@dialnexa/web-call/widget', ['DialNexaCallElement']],
    ['@dialnexa/web-call/widget/define', []],
    ['@dialnexa/web-call/react', ['DialNexaCall']],
    ['@dialnexa/web-call/server', ['createServer']],
  ])('can import %s where there is no page', (name, exports) => {
    const link = join(folder, 'node_modules');
    if (!existsSync(link)) symlinkSync(join(root, 'node_modules'), link);
    const script = `console.log(JSON.stringify(Object.keys(await import('${name}'))))`;
    const args = ['--input-type=module', '-e', script];
    const found = execFileSync(process.execPath, args, { cwd: unpacked, encoding: 'utf8' });
    expect(JSON.parse(found)).toEqual(expect.arrayContaining(exports));
  });
});
