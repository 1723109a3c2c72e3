/**
 * Measures `npm start` from the command to the line "Ready": first with nothing built and an empty data folder, then again.
 * Run: `node test/bench/start-up.mjs`. It deletes dist/, so run it alone.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'start-up-'));
const voice = join(dataDir, 'voice');

rmSync(join(root, 'dist'), { recursive: true, force: true });
console.log('| start | ready after | stopped after |\n|---|---|---|');
await measure('first: nothing built, no weights, no data');
await measure('second');
await measure('third');
rmSync(dataDir, { recursive: true, force: true });

async function measure(name) {
  const began = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: join(dataDir, 'data'),
      VOICE_MODELS_DIR: voice,
      PORT: String(await freePort()),
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
  const ready = performance.now() - began;
  const stopping = performance.now();
  child.kill('SIGINT');
  await ended;
  const stopped = performance.now() - stopping;
  console.log(`| ${name} | ${(ready / 1000).toFixed(1)} s | ${(stopped / 1000).toFixed(1)} s |`);
}
