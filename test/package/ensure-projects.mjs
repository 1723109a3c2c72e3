/** Installs what the projects beside this file are made with into a folder of the cache, once for each of their lock files. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
const projects = fileURLToPath(new URL('projects', import.meta.url));
const install = 'ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error';

/** Answers the folder that has `node_modules`. Throws with what npm said. */
export async function ensureProjects(say = () => undefined) {
  const lock = readFileSync(join(projects, 'package-lock.json'));
  const name = `projects-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`;
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  say('Installing Next, Vite, Vue, Svelte and Angular (about 500 MB, once) …');
  mkdirSync(cache, { recursive: true });
  for (const other of readdirSync(cache)) {
    if (other.startsWith('projects-')) rmSync(join(cache, other), { recursive: true, force: true });
  }
  const making = `${folder}.${process.pid}`;
  mkdirSync(making);
  for (const file of ['package.json', 'package-lock.json']) {
    cpSync(join(projects, file), join(making, file));
  }
  await promisify(execFile)('npm', install.split(' '), { cwd: making });
  renameSync(making, folder);
  return folder;
}
