/** Finds nginx for the tests, and installs it where the system's package manager may. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt-install.mjs';

const usual = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** The program, or `null`: there is none, and it may not be installed. */
export function ensureNginx(say = console.log) {
  return findNginx() ?? (aptInstall(['nginx', 'openssl'], say) ? findNginx() : null);
}

function findNginx(env = process.env) {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...usual];
  return folders.map((folder) => join(folder, 'nginx')).find((file) => existsSync(file)) ?? null;
}
