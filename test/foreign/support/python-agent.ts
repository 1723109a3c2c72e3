/** Brings the Python agent's packages into a folder of the cache, once. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkerCommand } from './worker.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.cache/python-agent');
const agent = join(root, 'test/foreign/python-agent');
const python = join(folder, 'bin/python');

/** How to start the agent, or why it cannot be had on this machine. */
export type PythonAgent = { command: WorkerCommand } | { missing: string };

/** Installs what is not there; a changed list of requirements installs anew. */
export async function preparePythonAgent(say: (line: string) => void): Promise<PythonAgent> {
  const wanted = readFileSync(join(agent, 'requirements.txt'), 'utf8');
  const stamp = join(folder, 'installed.txt');
  const command = { program: python, args: [join(agent, 'agent.py'), 'start'], cwd: agent };
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { command };
  const system = findPython();
  if (!system) return { missing: 'this machine has no python3 of 3.10 or newer with venv and pip' };
  say('Installing the Python agent (about 340 MB, once) …');
  const began = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // What is imported compiles itself then; compiling all of it takes longer than fetching it.
  const pip = ['-m', 'pip', 'install', '--no-input', '--no-compile', '--disable-pip-version-check'];
  const failed =
    (await run(system, ['-m', 'venv', folder], say)) ??
    (await run(python, [...pip, '-r', join(agent, 'requirements.txt')], say));
  if (failed) {
    rmSync(folder, { recursive: true, force: true });
    return { missing: `its packages could not be installed: ${failed}` };
  }
  writeFileSync(stamp, wanted);
  say(`Installed the Python agent in ${Math.round((Date.now() - began) / 1000)} s.`);
  return { command };
}

function findPython(): string | null {
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
function run(
  program: string,
  args: string[],
  say: (line: string) => void,
): Promise<string | undefined> {
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
