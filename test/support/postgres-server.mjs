/** Finds PostgreSQL's programs for the tests, and installs them where the system's package manager may. */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt-install.mjs';

/** Folders of one folder a version, as Debian and Homebrew keep them. */
const shelves = [
  { folder: '/usr/lib/postgresql', version: /^(\d+)$/ },
  { folder: '/opt/homebrew/opt', version: /^postgresql@(\d+)$/ },
  { folder: '/usr/local/opt', version: /^postgresql@(\d+)$/ },
];

/** The folder of `initdb` and `pg_ctl`: the newest version's, else the one on PATH, else `null`. */
export function findPostgres(env = process.env) {
  const versions = shelves.flatMap(({ folder, version }) =>
    (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => {
      const number = version.exec(name)?.[1];
      return number ? [{ number: Number(number), bin: join(folder, name, 'bin') }] : [];
    }),
  );
  const newestFirst = versions.sort((a, b) => b.number - a.number).map(({ bin }) => bin);
  const onPath = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const isWhole = (bin) => ['initdb', 'pg_ctl'].every((name) => existsSync(join(bin, name)));
  return [...newestFirst, ...onPath].find(isWhole) ?? null;
}

/** Like `findPostgres`, but installs it if it may; throws one sentence that says what to do. */
export function ensurePostgres(say = console.log) {
  const found = findPostgres() ?? (aptInstall(['postgresql'], say) ? findPostgres() : null);
  if (found) return found;
  throw new Error('no PostgreSQL is installed: `initdb` and `pg_ctl` are wanted on PATH');
}
