/** The projects of this folder as somebody has them who installed the packed package, and what can be done with them. */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listenOnLoopback } from '../support/listen-on-loopback.js';
import { waitFor } from '../support/wait-for.js';
import { ensureProjects } from './ensure-projects.mjs';

const sources = fileURLToPath(new URL('projects', import.meta.url));
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css',
};

/** What the pages call: each framework's bundler puts it in. */
export interface Called {
  serverUrl: string;
  apiKey: string;
  agentId: string;
}

/** The projects, in a folder of their own. */
export interface PackedProjects {
  /** Where `<project>/` is what was built of it. */
  siteUrl: string;
  /** Says what the pages call. Before anything is built. */
  call: (called: Called) => void;
  /** Runs a program of a package in a project; rejects with all that it printed. At most two at a time. */
  run: (project: string, program: string, args: string[]) => Promise<string>;
  /** Starts a program that goes on, until the end; resolves when it has said so. */
  start: (project: string, program: string, args: string[], ready: string) => Promise<Running>;
  /** Changes a file of a project. */
  edit: (file: string, from: string | RegExp, to: string) => void;
  close: () => Promise<void>;
}

/** A program that goes on. */
export interface Running {
  output: () => string;
}

/** Copies the projects and unpacks the package beside them. */
export async function openProjects(tarball: string): Promise<PackedProjects> {
  const installed = await ensureProjects();
  const folder = mkdtempSync(join(installed, 'run-'));
  cpSync(sources, folder, { recursive: true });
  // Vite keeps what it made of packages beside the nearest one of these.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const own = join(folder, 'node_modules/@dialnexa/web-call');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['xzf', tarball, '--strip-components=1', '-C', own]);
  assertSameLit(own, installed);

  const running: ChildProcess[] = [];
  // Of vitest's variables some turn frameworks' own behaviour off.
  const { PATH, HOME } = process.env;
  const env: Record<string, string | undefined> = { PATH, HOME, NEXT_TELEMETRY_DISABLED: '1' };
  const inTurn = lanes(2);
  const programIn = (program: string) => join(installed, 'node_modules', program);

  const site = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://site');
    const [, project = '', ...path] = pathname.split('/');
    const name = path.join('/') || 'index.html';
    const file =
      project === 'plain' && name !== 'index.html'
        ? join(own, 'dist/bundle', name)
        : join(folder, project, project === 'plain' ? '' : 'dist', name);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
  });
  const siteUrl = await listenOnLoopback(site);

  return {
    siteUrl,
    call({ serverUrl, apiKey, agentId }) {
      const values = { SERVER_URL: serverUrl, API_KEY: apiKey, AGENT_ID: agentId };
      for (const [name, value] of Object.entries(values)) {
        env[`VITE_${name}`] = env[`NEXT_PUBLIC_${name}`] = value;
      }
      const page = join(folder, 'plain/index.html');
      const filled = Object.entries(values).reduce(
        (text, [name, value]) => text.replace(`{{${name}}}`, value),
        readFileSync(page, 'utf8'),
      );
      writeFileSync(page, filled);
    },
    run: (project, program, args) =>
      inTurn(
        () =>
          new Promise((resolve, reject) => {
            const options = { cwd: join(folder, project), env, maxBuffer: 10_000_000 };
            const command = [programIn(program), ...args];
            execFile(process.execPath, command, options, (error, out, err) => {
              if (error) reject(new Error(`${project}: ${program}\n${out}\n${err}`));
              else resolve(out + err);
            });
          }),
      ),
    async start(project, program, args, ready) {
      const child = spawn(process.execPath, [programIn(program), ...args], {
        cwd: join(folder, project),
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.push(child);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      }
      await waitFor(() => output.includes(ready) || child.exitCode !== null, {
        timeoutMs: 60_000,
        what: ready,
      });
      if (child.exitCode !== null) throw new Error(`${project}: ${program}\n${output}`);
      return { output: () => output };
    },
    edit(file, from, to) {
      const path = join(folder, file);
      const before = readFileSync(path, 'utf8');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} has no ${String(from)}`);
      writeFileSync(path, after);
    },
    async close() {
      site.close();
      for (const child of running) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The projects' lock file has the Lit that npm would bring with the package. */
function assertSameLit(own: string, installed: string): void {
  const read = (path: string) =>
    JSON.parse(readFileSync(path, 'utf8')) as {
      version: string;
      dependencies: Record<string, string>;
    };
  const wanted = read(join(own, 'package.json')).dependencies.lit;
  const { version } = read(join(installed, 'node_modules/lit/package.json'));
  if (version !== wanted)
    throw new Error(`test/package/projects has lit ${version}, not ${wanted}`);
}

/** Lets so many be under way at a time, in order. */
function lanes(count: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
