/** One real server process, started as production starts it, with its log at hand. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.mjs';
import { copyPgliteTemplate } from '../../support/pglite-template.mjs';
import { waitFor } from '../../support/wait-for.js';
import { API_KEY, API_SECRET } from '../../conformance/support/media-server.js';

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));

/** An answer, read. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A line of the process's log. */
export type LogLine = Record<string, unknown> & { message: string };

/** A running server. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything printed. */
  output(): string;
  log(): LogLine[];
  isRunning(): boolean;
  /** `null` while nothing answers. */
  ready(): Promise<Answer | null>;
  /** Sends the signal and waits for the end; the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** How it is started. */
export interface ServerStart {
  env: Record<string, string>;
  /** Default: until it says that it is ready; `listening` does not wait for the database. */
  until?: 'ready' | 'listening';
  nodeArgs?: string[];
}

/** Starts it on a free port with a data folder of its own. */
export async function startServer({
  env,
  until = 'ready',
  nodeArgs = [],
}: ServerStart): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dialnexa-server-'));
  if (!env.DATABASE_URL && !env.DATA_DIR) copyPgliteTemplate(dataDir);
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [...nodeArgs, MAIN], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LIVEKIT_API_KEY: API_KEY,
      LIVEKIT_API_SECRET: API_SECRET,
      DATA_DIR: dataDir,
      PORT: port,
      DRAIN_SECONDS: '1',
      ...env,
    },
  });
  let text = '';
  child.stdout.on('data', (part) => (text += String(part)));
  child.stderr.on('data', (part) => (text += String(part)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const url = `http://127.0.0.1:${port}`;
  const isUp = async (): Promise<boolean> =>
    until === 'ready' ? text.includes('dialnexa: ready') : (await fetch(`${url}/healthz`)).ok;
  await waitFor(async () => !isRunning() || (await isUp()), {
    timeoutMs: 60_000,
    what: 'the server',
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(text, { cause: error });
  });
  if (!isRunning()) throw new Error(`the server ended: ${text}`);
  return {
    url,
    pid: child.pid ?? 0,
    output: () => text,
    log: () => text.split('\n').flatMap(readLine),
    isRunning,
    ready: () => ask(url, 'GET', '/readyz').catch(() => null),
    stop: async (signal = 'SIGKILL') => {
      if (isRunning()) child.kill(signal);
      const code = await ended;
      rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** One request, its JSON read. */
export async function ask(
  url: string,
  method: string,
  path: string,
  { key, body, headers }: { key?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text ? JSON.parse(text) : {}) as Record<string, unknown>,
  };
}

/** The keys that exactly one of the processes printed. */
export function printedKeys(servers: readonly ServerProcess[]): {
  secret: string;
  publishable: string;
} {
  const all = servers.map((server) => server.output()).join('\n');
  const only = (pattern: RegExp): string => {
    const found = [...all.matchAll(pattern)].map((match) => match[1] ?? '');
    if (found.length !== 1) throw new Error(`${found.length} keys were printed: ${all}`);
    return found[0] ?? '';
  };
  return {
    secret: only(/secret key\s+(dnx_sk_\S+)/g),
    publishable: only(/publishable key\s+(dnx_pk_\S+)/g),
  };
}

function readLine(line: string): LogLine[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as LogLine];
  } catch {
    return [];
  }
}
