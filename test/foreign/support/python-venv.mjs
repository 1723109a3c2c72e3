/** Brings Python packages into a virtual environment in a folder of the cache, once. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the folder holds what was asked for. */
export function hasVenv(folder, wanted) {
  const stamp = join(folder, 'installed.txt');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

/**
 * Installs `packages`, or the file `requirements`, where they are not there yet; other ones install anew. `check` is
 * a program that must run, and that compiles what it imports. Throws one sentence when it cannot.
 */
export async function ensureVenv(folder, { packages = [], requirements, check, say }) {
  const wanted = requirements ? readFileSync(requirements, 'utf8') : packages.join('\n');
  if (hasVenv(folder, wanted)) return;
  const system = findPython();
  if (!system) throw new Error('this machine has no python3 of 3.10 or newer with venv and pip');
  const began = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const python = join(folder, 'bin/python');
  // What is imported is compiled by importing it; compiling all of it takes longer than fetching it.
  const pip = ['-m', 'pip', 'install', '--no-input', '--no-compile', '--disable-pip-version-check'];
  const failed =
    (await run(system, ['-m', 'venv', folder], say)) ??
    (await run(python, [...pip, ...(requirements ? ['-r', requirements] : packages)], say)) ??
    (await run(python, ['-c', check], say));
  if (failed) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`its packages could not be installed: ${failed}`);
  }
  writeFileSync(join(folder, 'installed.txt'), wanted);
  say(`Installed Python packages in ${Math.round((Date.now() - began) / 1000)} s.`);
}

function findPython() {
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';
  for (const name of ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    try {
      execFileSync(name, ['-c', check], { stdio: 'ignore' });
      return name;
    } catch {
      // The next may do.
    }
  }
  return null;
}

/** Answers the last line of what went wrong; tells a line for each package. */
function run(program, args, say) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let last = '';
    child.stdout.on('data', (part) => {
      for (const line of String(part).split('\n')) if (/^Collecting /.test(line)) say(`  ${line}`);
    });
    child.stderr.on('data', (part) => (last = String(part).trim().split('\n').at(-1) ?? last));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : last || `code ${code}`));
  });
}
