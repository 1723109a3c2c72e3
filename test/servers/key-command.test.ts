/** `npm run key`: whoever runs the server gets a key that works, and a workspace with a limit of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ask, startServer } from './support/server-process.js';

const command = fileURLToPath(new URL('../../scripts/key.mjs', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'dialnexa-key-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir };
    execFile(process.execPath, [command, ...args], { env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
const keyIn = (out: string): string => /dnx_sk_\S+/.exec(out)?.[0] ?? '';

describe('the key command', () => {
  it('makes a workspace and keys for it, and waits for no running server', async () => {
    expect((await run('--concurrent-calls', 'many')).err).toMatch(/must be a number from 1/);
    const first = await run('--workspace', 'Shop', '--concurrent-calls', '2');
    expect(first.out).toMatch(/Shop, 2 calls at once, 1 of them from one address\n/);
    expect((await run('--open-calls-per-address', '0')).err).toMatch(/must be a number from 1/);
    const shares = ['--open-calls-per-address', '2', '--open-calls-per-visitor', '1'];
    const again = await run(...shares);
    expect(again.out).toMatch(
      /Shop, 2 calls at once, 2 of them from one address, 1 from one visitor/,
    );
    expect(keyIn(again.out)).not.toBe(keyIn(first.out));

    const env = { DATA_DIR: dataDir, LIVEKIT_URL: 'ws://127.0.0.1:1' };
    const server = await startServer({ env, until: 'ready' });
    try {
      for (const { out } of [first, again]) {
        const key = keyIn(out);
        const made = await ask(server.url, 'POST', '/v1/agents', { key, body: { title: 'Hats' } });
        expect(made.status).toBe(201);
      }
      const meanwhile = await run();
      expect(meanwhile.code).toBe(1);
      expect(meanwhile.err).toBe(
        `Another process uses the database in DATA_DIR (process ${server.pid}): stop it first.\n`,
      );
      // A second server would spoil the data as well.
      await expect(startServer({ env })).rejects.toThrow(/Another process uses the database/);
    } finally {
      await server.stop();
    }
    // It was killed outright, and holds nothing any more.
    const reset = await run('--open-calls-per-address', 'default');
    expect(reset.out).toMatch(/Shop, 2 calls at once, 1 of them from one address, 1 from/);
  }, 300_000);
});
