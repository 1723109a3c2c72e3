/** The server's image without an engine: what its stage copies and installs, in an empty folder, started by its command. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../../sdk/wire/agent.js';
import type { Page } from '../../sdk/wire/call.js';
import { mediaServers } from '../conformance/support/media-servers.js';
import type { MediaServer } from '../conformance/support/media-server.js';
import { freePort } from '../support/free-port.mjs';
import { waitFor } from '../support/wait-for.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The lines of one stage, those that go on joined. */
function linesOf(stage: string): string[] {
  const all = readFileSync(join(root, 'Dockerfile'), 'utf8').replace(/\\\n/g, ' ').split('\n');
  const from = all.findIndex((line) => line.startsWith('FROM') && line.endsWith(` AS ${stage}`));
  const rest = all.slice(from + 1);
  const to = rest.findIndex((line) => line.startsWith('FROM'));
  return to === -1 ? rest : rest.slice(0, to);
}

/** Does what `COPY` says; the build stage's files are those of this checkout. */
function copy(line: string, folder: string): void {
  const parts = line.split(' ').slice(1);
  const sources = parts.filter((part) => !part.startsWith('--'));
  const target = sources.pop() ?? '';
  for (const source of sources) {
    const from = join(root, source.replace('/build/', ''));
    const isInto = target === './' && statSync(from).isFile();
    cpSync(from, join(folder, target, isInto ? basename(from) : ''), { recursive: true });
  }
}

describe('the image of the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'web-call-image-'));
  const lines = linesOf('server');
  let media: MediaServer;
  let stop: () => void = () => undefined;
  let url = '';
  let output = '';

  beforeAll(async () => {
    for (const line of lines.filter((one) => one.startsWith('COPY'))) copy(line, folder);
    const install = lines.find((line) => line.includes('npm ci')) ?? '';
    const [command = ''] = install.replace('RUN ', '').split(' && ');
    await run(`${command} --prefer-offline --loglevel=error`);
    const [embedded] = mediaServers;
    media = (await embedded?.start()) as MediaServer;
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const cmd = lines.find((line) => line.startsWith('CMD'))?.slice(4) ?? '[]';
    const [program = '', ...args] = JSON.parse(cmd) as string[];
    const child = spawn(program, args, {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        PORT: String(port),
        DATA_DIR: join(folder, 'data'),
        LIVEKIT_URL: media.wsUrl,
        LIVEKIT_API_KEY: media.apiKey,
        LIVEKIT_API_SECRET: media.apiSecret,
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => (output += String(part)));
    }
    stop = () => child.kill('SIGKILL');
    // It answers before what it prints, its keys among that, has come.
    const isReady = async (): Promise<boolean> =>
      output.includes('dialnexa: ready') &&
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await waitFor(isReady, { timeoutMs: 60_000, what: 'the server to be ready' }).catch(
      (cause: unknown) => {
        throw new Error(output, { cause });
      },
    );
  });
  afterAll(async () => {
    stop();
    await media?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('creates calls, and serves its pages', async () => {
    const [secretKey] = /dnx_sk_\S+/.exec(output) ?? [];
    const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
    const agents = (await (await fetch(`${url}/v1/agents`, { headers })).json()) as Page<Agent>;
    const body = JSON.stringify({ agent_id: agents.data[0]?.id });
    const answer = await fetch(`${url}/v1/web-calls`, { method: 'POST', headers, body });
    expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)]);
    for (const path of ['/', '/widget.js', '/console/', '/docs']) {
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
    }
  });

  it('holds nothing that builds or tests, and needs no more rights than a user', () => {
    const packages = JSON.parse(
      readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
    ) as { packages: Record<string, unknown> };
    const names = Object.keys(packages.packages);
    expect(names.filter((name) => /(typescript|vitest|rollup|esbuild|agents)$/.test(name))).toEqual(
      [],
    );
    expect(lines).toContain('USER node');
  });

  async function run(command: string): Promise<void> {
    const child = spawn('sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => (said += String(part)));
    }
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(said);
  }
});
