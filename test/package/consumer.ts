/** A folder of somebody who installs the package and nothing else of ours. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What an installed package says of itself. */
export interface Installed {
  name: string;
  version: string;
  engines?: { node?: string };
}

/** The folder, and what can be done in it. */
export interface Consumer {
  folder: string;
  /** Runs a program there; rejects with everything that it printed. */
  run: (program: string, args: string[], env?: Record<string, string>) => Promise<string>;
  write: (name: string, text: string) => void;
  /** Every package that was installed. */
  installed: () => Installed[];
  remove: () => void;
}

/** Makes an empty project, on which npm may try nothing but what the package declares. */
export function openConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'web-call-consumer-'));
  const write: Consumer['write'] = (name, text) => writeFileSync(join(folder, name), text);
  write('package.json', JSON.stringify({ name: 'consumer', version: '1.0.0', type: 'module' }));
  return {
    folder,
    write,
    run: (program, args, env = {}) =>
      new Promise((resolve, reject) => {
        const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 10_000_000 };
        execFile(program, args, options, (error, out, err) => {
          if (error) reject(new Error(`${program} ${args.join(' ')}\n${out}\n${err}`));
          else resolve(out);
        });
      }),
    installed: () => manifestsBelow(join(folder, 'node_modules')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The program of a package of this checkout. */
export function programOf(path: string): string {
  return join(root, 'node_modules', path);
}

function manifestsBelow(folder: string): Installed[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|node_modules\/)(@[^/]+\/)?[^/@][^/]*\/package\.json$/.test(name))
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Installed)
    .filter(({ name, version }) => Boolean(name && version));
}
