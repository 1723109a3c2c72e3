/** Packs the package once, as it is published, for every test of this folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildBundles, buildPackage } from '../../scripts/build.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of the packed tarball. */
    tarball: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** For vitest, which runs it before the first test and what it answers after the last. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'web-call-packed-'));
  await buildPackage();
  await buildBundles();
  execFileSync('npm', ['run', 'manifest'], { cwd: root, stdio: 'ignore' });
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  execFileSync('npm', pack, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const name = readdirSync(folder).find((one) => one.endsWith('.tgz')) ?? '';
  project.provide('tarball', join(folder, name));
  return () => rmSync(folder, { recursive: true, force: true });
}
