/** The whole product, started by `npm start`'s script for a measurement, with a data folder of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Resolves when it is ready; `stop` ends it and deletes its data. */
export async function startBenchProduct() {
  const dataDir = mkdtempSync(join(tmpdir(), 'web-call-bench-'));
  const port = String(await freePort());
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: port,
      EMBEDDED_PORT: String(await freePort()),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let output = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('Ready after')) resolve();
    });
    child.once('close', () => reject(new Error(output)));
  });
  const printed = (pattern) => pattern.exec(output)?.[1] ?? '';
  const secretKey = printed(/secret\s+(dnx_sk_\S+)/);
  return {
    url: `http://127.0.0.1:${port}`,
    agentId: printed(/demo agent\s+(agent_\S+)/),
    async rest(method, path, body) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    async stop() {
      child.kill('SIGINT');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
