/** Brings the Python agent's packages into a folder of the cache, once; the tests find them there. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.cache/python-agent');
const agent = join(root, 'test/foreign/python-agent');
const python = join(folder, 'bin/python');
const stamp = join(folder, 'installed.txt');

/** How to start the agent, or why it cannot be had. */
export function findPythonAgent() {
  const wanted = readFileSync(join(agent, 'requirements.txt'), 'utf8');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    return { missing: 'its packages are not installed: `npm test` installs them, where it can' };
  }
  return { command: { program: python, args: [join(agent, 'agent.py'), 'start'], cwd: agent } };
}

/** Installs what is not there, and answers where; a changed list of requirements installs anew. Throws one sentence when it cannot. */
export async function ensurePythonAgent(say) {
  if ('command' in findPythonAgent()) return folder;
  const system = findPython();
  if (!system) throw new Error('this machine has no python3 of 3.10 or newer with venv and pip');
  say('Installing the Python agent (about 340 MB, once) …');
  const began = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const requirements = join(agent, 'requirements.txt');
  // What the agent imports is compiled by importing it; compiling all of it takes longer than fetching it.
  const pip = ['-m', 'pip', 'install', '--no-input', '--no-compile', '--disable-pip-version-check'];
  const failed =
    (await run(system, ['-m', 'venv', folder], say)) ??
    (await run(python, [...pip, '-r', requirements], say)) ??
    (await run(python, ['-c', 'import livekit.agents'], say));
  if (failed) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`its packages could not be installed: ${failed}`);
  }
  writeFileSync(stamp, readFileSync(requirements));
  say(`Installed the Python agent in ${Math.round((Date.now() - began) / 1000)} s.`);
  return folder;
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
