/** Finds nginx for the tests, and installs it where the system's package manager may. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt-install.mjs';

/** Where servers are put that are not on everybody's PATH. */
const usual = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

/** The program, where there is one that makes its certificate too; else `null`. */
export function findNginx(env = process.env) {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...usual];
  const find = (name) =>
    folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  return (find('openssl') && find('nginx')) ?? null;
}

/** Like `findNginx`, but installs it if it may; throws one sentence that says what to do. */
export function ensureNginx(say = console.log) {
  const found = findNginx() ?? (aptInstall(['nginx', 'openssl'], say) ? findNginx() : null);
  if (found) return found;
  throw new Error('no nginx is installed: `nginx` and `openssl` are wanted on PATH');
}
