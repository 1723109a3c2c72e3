/** Runs `npm run livekit`'s command with stand-ins for what it would find on a machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { freePort } from '../support/free-port.mjs';

const command = fileURLToPath(new URL('../../scripts/livekit/livekit.mjs', import.meta.url));

/** Answers where the configuration says, and ends on SIGTERM, as livekit-server does. */
export const standInServer = `#!${process.execPath}
if (process.argv.includes('--version')) { console.log('livekit-server version 0.0.1'); process.exit(); }
const config = JSON.parse(process.env.LIVEKIT_CONFIG);
require('node:http').createServer((_, answer) => answer.end('OK')).listen(config.port, config.bind_addresses[0]);
process.on('SIGTERM', () => process.exit(0));
`;

/** Writes livekit-server's stand-in where \`go install\` would, slowly, and notes that it was asked. */
export const standInGo = `#!${process.execPath}
const { appendFileSync, copyFileSync } = require('node:fs');
appendFileSync(process.env.GO_NOTES, process.argv.slice(2).join(' ') + '\\n');
console.error('go: downloading one v1.0.0');
setTimeout(() => copyFileSync(process.env.GO_PRODUCT, process.env.GOBIN + '/server'), 1000);
`;

/** A machine of the test's own: nothing on its PATH, nothing cached, nothing to download. */
export interface Machine {
  folder: string;
  env: Record<string, string>;
  /** Puts a program there; returns its path. */
  install(path: string, text: string): string;
  run(env?: Record<string, string>): LivekitCommand;
}

/** The command, running. */
export interface LivekitCommand {
  child: ChildProcess;
  port: number;
  output(): string;
  ended: Promise<number | null>;
}

/** Makes a machine with a free port each for HTTP and UDP. */
export async function machine(): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'livekit-'));
  const port = await freePort();
  const env = {
    PATH: join(folder, 'bin'),
    LIVEKIT_CACHE_DIR: join(folder, 'cache'),
    LIVEKIT_DOWNLOAD_BASE: '',
    LIVEKIT_PORT: String(port),
    LIVEKIT_UDP_PORT: String(await freePort()),
  };
  return {
    folder,
    env,
    install: (path, text) => {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      chmodSync(file, 0o755);
      return file;
    },
    run: (more = {}) => run({ ...env, ...more }),
  };
}

function run(env: Record<string, string>): LivekitCommand {
  const child = spawn(process.execPath, [command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, port: Number(env['LIVEKIT_PORT']), output: () => output, ended };
}

/** A gzipped tar archive, as a release is. */
export function archiveOf(files: Record<string, string>): Buffer {
  const parts = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000755\0', 100);
    header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    body.write(text);
    return [header, body];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}

/** A file server that gives the same bytes at every address and notes what was asked for. */
export async function fileServer(
  bytes: Buffer,
): Promise<Server & { asked: string[]; base: string }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(bytes);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return Object.assign(server, { asked, base });
}
