/** Starts the whole product as a newcomer does, with ports and a data folder of its own, its database made before. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Call, CallSummary, Page } from '../../sdk/wire/call.js';
import { freePort } from '../support/free-port.mjs';
import { copyPgliteTemplate } from '../support/pglite-template.mjs';
import { processesWith, type LiveProcess } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { startBacking, type Backing } from './backing.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An answer of the REST API, whatever its status. */
export interface Answer<T> {
  status: number;
  body: T;
}

/** A running product. */
export interface Product {
  url: string;
  port: number;
  dataDir: string;
  backing: Backing;
  publishableKey: string;
  secretKey: string;
  agentId: string;
  /** Everything the command printed. */
  output: () => string;
  /** Asks the REST API, with the secret key unless another `Authorization` is given. */
  rest: <T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer<T>>;
  /** The newest call record, `null` when there is none. */
  newestCall: () => Promise<CallSummary | null>;
  call: (id: string) => Promise<Call>;
  /** Live processes that this product started. */
  processes: () => LiveProcess[];
  /** The process whose main file is named, e.g. `agent/main.js`. */
  processOf: (main: string) => LiveProcess;
  /** The media server's process, whoever started it. */
  mediaPid: () => number;
  /** Kills the media server; resolves when it is back. */
  crashMedia: () => Promise<void>;
  /** The secret of the key pair that it shares with the media server. */
  livekitSecret: () => string;
  /** The names of the rooms that the media server has. */
  rooms: () => Promise<string[]>;
  /** Sends a signal to the command and waits for its end; how long it took. Its data go with it, unless kept. */
  stop: (
    signal?: NodeJS.Signals,
    keepData?: boolean,
  ) => Promise<{ code: number | null; ms: number }>;
}

/**
 * Starts it and waits until it says that it is ready. With `before` it runs in that one's place, on its data and keys;
 * `prepare` may work on its database first.
 */
export async function startProduct(
  env: Record<string, string> = {},
  before?: Pick<
    Product,
    'port' | 'dataDir' | 'backing' | 'publishableKey' | 'secretKey' | 'agentId'
  >,
  prepare?: (env: NodeJS.ProcessEnv) => void,
): Promise<Product> {
  const dataDir = before?.dataDir ?? mkdtempSync(join(tmpdir(), 'web-call-e2e-'));
  const port = before?.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const backing = before?.backing ?? (await startBacking(`${url}/livekit/webhook`));
  if (!before && !backing.env.DATABASE_URL) copyPgliteTemplate(dataDir);
  const mediaPort = await freePort();
  const wholeEnv: NodeJS.ProcessEnv = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    EMBEDDED_PORT: String(mediaPort),
    // Of a test's single call, others that load beside it only slow it down.
    AGENT_SPARE_PROCESSES: '1',
    ...backing.env,
    ...env,
  };
  prepare?.(wholeEnv);
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: wholeEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let exitCode: number | null | undefined;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      exitCode = code;
      resolve(code);
    });
  });
  await waitFor(() => output.includes('Ready after') || exitCode !== undefined, {
    timeoutMs: 90_000,
    what: 'the ready line',
  }).catch((error: unknown) => {
    child.kill('SIGTERM');
    throw new Error(`npm start is not ready: ${output}`, { cause: error });
  });
  if (exitCode !== undefined) throw new Error(`npm start ended: ${output}`);

  const secretKey = before?.secretKey ?? printed(output, /secret\s+(dnx_sk_\S+)/);
  const rest: Product['rest'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as never };
  };
  const processes = (): LiveProcess[] => processesWith(`DATA_DIR=${dataDir}`);
  const processOf: Product['processOf'] = (main) => {
    const found = processes().find((one) => one.command.endsWith(`dist/server/${main}`));
    if (!found) throw new Error(`no process runs ${main}`);
    return found;
  };
  const mediaKeys = (): { apiKey: string; apiSecret: string } =>
    backing.media ??
    (JSON.parse(readFileSync(join(dataDir, 'livekit.json'), 'utf8')) as ReturnType<
      typeof mediaKeys
    >);
  return {
    url,
    port,
    dataDir,
    backing,
    publishableKey: before?.publishableKey ?? printed(output, /publishable\s+(dnx_pk_\S+)/),
    secretKey,
    agentId: before?.agentId ?? printed(output, /demo agent\s+(agent_\S+)/),
    output: () => output,
    rest,
    newestCall: async () => {
      const { body } = await rest<Page<CallSummary>>('GET', '/v1/calls?limit=1');
      return body.data[0] ?? null;
    },
    call: async (id) => (await rest<Call>('GET', `/v1/calls/${id}`)).body,
    processes,
    processOf,
    mediaPid: () => backing.media?.pid ?? processOf('embedded/main.js').pid,
    crashMedia: async () => {
      if (backing.media) return backing.crashMedia();
      process.kill(processOf('embedded/main.js').pid, 'SIGKILL');
      await waitFor(() => output.includes('embedded is back.'), {
        timeoutMs: 20_000,
        what: 'the media server',
      });
    },
    livekitSecret: () => mediaKeys().apiSecret,
    rooms: async () => {
      const { apiKey, apiSecret } = mediaKeys();
      const mediaUrl = backing.media?.httpUrl ?? `http://127.0.0.1:${mediaPort}`;
      const rooms = await new RoomServiceClient(mediaUrl, apiKey, apiSecret).listRooms();
      return rooms.map((room) => room.name);
    },
    stop: async (signal = 'SIGTERM', keepData = false) => {
      const began = Date.now();
      child.kill(signal);
      const code = await ended;
      const ms = Date.now() - began;
      if (!keepData) {
        await backing.stop();
        rmSync(dataDir, { recursive: true, force: true });
      }
      return { code, ms };
    },
  };
}

function printed(output: string, pattern: RegExp): string {
  const found = pattern.exec(output)?.[1];
  if (!found) throw new Error(`npm start did not print ${String(pattern)}: ${output}`);
  return found;
}
