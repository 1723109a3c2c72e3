/** Builds livekit-server with `go install`, where Go is installed; it takes minutes, so it tells how far it is. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const packageName = 'github.com/livekit/livekit-server/cmd/server';
const progressMs = 10_000;

/** The `go` program on PATH, or `null`. */
export function findGo(env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const name = process.platform === 'win32' ? 'go.exe' : 'go';
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** Puts the program at `target`. Throws with Go's last words when it cannot be built. */
export async function buildWithGo({ version, target, go, env, say }) {
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(join(dirname(target), 'build-'));
  const began = Date.now();
  say(`Building livekit-server ${version} with Go; the first time this takes minutes …`);
  try {
    await install(`${packageName}@v${version}`, { go, env, folder, say, began });
    renameSync(join(folder, 'server'), target);
    say(`Built livekit-server ${version} in ${seconds(began)} s.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function install(what, { go, env, folder, say, began }) {
  return new Promise((resolve, reject) => {
    const child = spawn(go, ['install', '-v', what], {
      env: { ...env, GOBIN: folder, CGO_ENABLED: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const end = () => child.kill();
    process.once('exit', end);
    let tail = '';
    let last = '';
    let fetched = 0;
    let compiled = 0;
    child.stderr.on('data', (chunk) => {
      const lines = (tail + chunk).split('\n');
      tail = lines.pop();
      fetched += lines.filter((line) => line.startsWith('go: downloading')).length;
      compiled += lines.filter((line) => line && !line.startsWith('go: ')).length;
      last = lines.filter(Boolean).at(-1) ?? last;
    });
    const timer = setInterval(() => {
      say(`… ${fetched} modules fetched, ${compiled} packages compiled, ${seconds(began)} s`);
    }, progressMs);
    child.once('error', (error) => settle(error));
    child.once('close', (code) => {
      const words = (tail || last).trim();
      settle(code === 0 ? null : new Error(`go install failed (${words || `exit code ${code}`})`));
    });
    function settle(error) {
      clearInterval(timer);
      process.off('exit', end);
      if (error) reject(error);
      else resolve();
    }
  });
}

function seconds(began) {
  return Math.round((Date.now() - began) / 1000);
}
