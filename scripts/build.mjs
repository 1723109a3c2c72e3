/** Builds what runs when its sources changed: the servers' code with esbuild (types are checked by `npm run types`), the bundles with rollup. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from './write-whole.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rollup = join(root, 'node_modules/rollup/dist/bin/rollup');
const configs = [
  'tsconfig.base.json',
  'package-lock.json',
  'rollup.config.mjs',
  'scripts/build.mjs',
  'scripts/compile.mjs',
];

/** Emits the JavaScript that Node runs. Resolves at once when nothing changed. */
export async function buildCode(say = () => undefined) {
  const hash = sourcesHash(['sdk', 'server']);
  if (fresh('code', [hash], 'dist/server/main.js')) return;
  say('Building the code …');
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['sdk', 'server'].flatMap((folder) =>
      sourcesIn(join(root, folder)).filter(
        (file) => file.endsWith('.ts') && !file.includes(`${sep}console${sep}`),
      ),
    ),
    outbase: root,
    outdir: 'dist',
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    logLevel: 'silent',
    write: false,
  });
  // Some of the package's files are made otherwise than these, which take their place.
  forgetCode();
  for (const { path, contents } of outputFiles) writeWhole(path, contents);
  stamp('code', hash);
}

/** Emits the whole package, with its types unchecked. Resolves at once when nothing changed. */
export async function buildPackage(say = () => undefined) {
  const hash = sourcesHash(['sdk', 'widget', 'server', 'scripts/bundle']);
  if (fresh('package', [hash], 'dist/server/index.d.ts')) return;
  say('Building the package …');
  const compile = join(root, 'scripts/compile.mjs');
  const projects = ['sdk', 'widget', 'server/console', 'server'];
  await run(process.execPath, [compile, '--force', '--noCheck', ...projects]);
  await run(process.execPath, [rollup, '-c', 'rollup.config.mjs', '--silent', '--configPackage']);
  stamp('package', hash);
}

/**
 * Bundles what browsers load. Resolves at once when nothing changed. `isQuick` takes a third of the time for up to a
 * fifth more bytes: for a product that is tried out.
 */
export async function buildBundles(say = () => undefined, { isQuick = false } = {}) {
  const hash = bundlesHash();
  const stamps = isQuick ? [hash, quick(hash)] : [hash];
  if (fresh('bundles', stamps, 'dist/bundle/widget.js')) return;
  say('Bundling the widget …');
  const args = ['-c', 'rollup.config.mjs', '--silent', ...(isQuick ? ['--configQuick'] : [])];
  await run(process.execPath, [rollup, ...args]);
}

/** For whoever is about to write code: it is no longer what the stamps say. */
export function forgetCode() {
  for (const name of ['code', 'package']) rmSync(stampFile(name), { force: true });
}

/** For the compiler, when it writes all: reads the sources now, and what it answers stamps the code as made of those. */
export function codeStamp() {
  const hash = sourcesHash(['sdk', 'server']);
  return () => stamp('code', hash);
}

/** For the bundler, whoever called it: reads the sources now, and what it answers stamps the bundles as made of those. */
export function bundlesStamp(isQuick) {
  const hash = bundlesHash();
  return () => stamp('bundles', isQuick ? quick(hash) : hash);
}

function bundlesHash() {
  return sourcesHash(['sdk', 'widget', 'server/console', 'scripts/bundle']);
}

function quick(hash) {
  return `quick ${hash}`;
}

/** Of what these folders hold, and of what it is built with. Hexadecimal. */
export function sourcesHash(folders) {
  const hash = createHash('sha256');
  for (const file of configs.map((name) => join(root, name))) {
    if (existsSync(file)) note(hash, file);
  }
  for (const folder of folders) {
    for (const file of sourcesIn(join(root, folder))) note(hash, file);
  }
  return hash.digest('hex');
}

function note(hash, file) {
  hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
}

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|mts|json|mjs|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function fresh(name, stamps, product) {
  const file = stampFile(name);
  const isStamped = existsSync(file) && stamps.includes(readFileSync(file, 'utf8'));
  if (isStamped && existsSync(join(root, product))) return true;
  // A build that is broken off has left the products of two sources.
  rmSync(file, { force: true });
  return false;
}

function stamp(name, hash) {
  writeWhole(stampFile(name), hash);
}

function stampFile(name) {
  return join(root, 'dist', `.stamp-${name}`);
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => child.kill();
    process.once('exit', end);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      if (code === 0) resolve();
      else reject(new Error(`${relative(root, args[0] ?? command)} said:\n${output.trim()}`));
    });
  });
}
