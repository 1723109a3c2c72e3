/** How long others wait for a server while something is done to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** Asking must not be what holds up others. */
const PAUSE_MS = 10;

/**
 * How much later than a server that does nothing else `url` has answered at the worst until `work` is done, in
 * milliseconds, counted from before it begins. Both are asked at once: what this machine and this process do meanwhile holds up either.
 */
export async function slowestAnswer<T>(
  url: string,
  work: () => Promise<T>,
): Promise<[slowest: number, result: T]> {
  const idle = await startIdleServer();
  try {
    let isDone = false;
    let slowest = 0;
    const look = async (): Promise<void> => {
      const [here, there] = await Promise.all([answerTime(url), answerTime(idle.url)]);
      slowest = Math.max(slowest, here - there);
    };
    await look();
    slowest = 0;
    const watching = (async () => {
      while (!isDone) {
        await look();
        await wait(PAUSE_MS);
      }
    })();
    const result = await work().finally(() => (isDone = true));
    await watching;
    return [Math.round(slowest), result];
  } finally {
    idle.stop();
  }
}

async function answerTime(url: string): Promise<number> {
  const began = performance.now();
  await (await fetch(url)).arrayBuffer();
  return performance.now() - began;
}

/** A process of its own, as the server is one that is measured. */
async function startIdleServer(): Promise<{ url: string; stop: () => void }> {
  const code = `require('node:http').createServer((_, response) => response.end('{}'))
    .listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${String(port).trim()}/`, stop: () => child.kill() };
}
