/** In a thread of its own: sends bodies to a server while it asks `/healthz` again and again, and times that. */
import { existsSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const PAUSE_MS = 2;
const asking = new Agent({ keepAlive: true, maxSockets: 1 });

/** Answers the status, or 0 when the server hung up before it had all of the body. */
function send({ method, path, headers, bytes }, agent) {
  return new Promise((resolve) => {
    const options = {
      method,
      agent,
      headers: { ...headers, 'content-length': bytes?.length ?? 0 },
    };
    const sent = request(new URL(path, workerData.origin), options, (answer) => {
      answer.resume();
      answer.once('close', () => resolve(answer.statusCode));
    });
    sent.once('error', () => resolve(0));
    sent.end(bytes);
  });
}

/**
 * Milliseconds for which the server's thread, which is the process's first, and this one stood ready while the machine
 * was busy with others. Only Linux tells.
 */
function waitedForProcessor() {
  const threads = [`/proc/self/task/${process.pid}/schedstat`, '/proc/thread-self/schedstat'];
  if (!existsSync(threads[0])) return 0;
  const waited = threads.map((file) => Number(readFileSync(file, 'utf8').split(' ')[1]));
  return waited.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
}

async function slowestWhile(work) {
  let slowest = 0;
  let isDone = false;
  const done = work().finally(() => (isDone = true));
  do {
    const began = performance.now() - waitedForProcessor();
    await send({ method: 'GET', path: '/healthz' }, asking);
    slowest = Math.max(slowest, performance.now() - waitedForProcessor() - began);
    await wait(PAUSE_MS);
  } while (!isDone);
  return { slowest, statuses: await done };
}

const results = [];
await slowestWhile(() => wait(100));
for (const { name, times, ...row } of workerData.rows) {
  const all = () => Promise.all(Array.from({ length: times ?? 1 }, () => send(row)));
  results.push({ name, ...(await slowestWhile(all)) });
}
asking.destroy();
parentPort.postMessage(results);
