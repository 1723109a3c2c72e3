/** Brings the Python agent's packages into a folder of the cache, once; the tests find them there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureVenv, hasVenv } from './python-venv.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.cache/python-agent');
const agent = join(root, 'test/foreign/python-agent');
const requirements = join(agent, 'requirements.txt');

/** How to start the agent, or why it cannot be had. */
export function findPythonAgent() {
  if (!hasVenv(folder, readFileSync(requirements, 'utf8'))) {
    return { missing: 'its packages are not installed: `npm test` installs them, where it can' };
  }
  const program = join(folder, 'bin/python');
  return { command: { program, args: [join(agent, 'agent.py'), 'start'], cwd: agent } };
}

/** Installs what is not there, and answers where; a changed list of requirements installs anew. Throws one sentence when it cannot. */
export async function ensurePythonAgent(say) {
  if ('command' in findPythonAgent()) return folder;
  say('Installing the Python agent (about 340 MB, once) …');
  await ensureVenv(folder, { requirements, check: 'import livekit.agents', say });
  return folder;
}
