/** The server's process: environment in, listen, tell, stop in order. Nothing else reads `process.env`. */
import { setTimeout as wait } from 'node:timers/promises';
import { compose } from './compose.js';
import { createLogger } from './http/logger.js';
import { listen } from './http/listen.js';
import { readServerConfig } from './server-config.js';
import { StartFault } from './start-fault.js';
import type { Composed, FirstRun } from './compose.js';
import type { Listening } from './http/listen.js';
import type { ServerConfig } from './server-config.js';

/** Time for the requests under way, and until the process ends in any case. */
interface Grace {
  requestMs: number;
  hardMs: number;
}
/** A machine that stops as a whole takes its calls along, and its user waits. */
const ALONE: Grace = { requestMs: 500, hardMs: 2_500 };
/** One of several processes: every request under way is answered first. */
const AMONG_OTHERS: Grace = { requestMs: 15_000, hardMs: 25_000 };

async function main(): Promise<void> {
  const result = readServerConfig(process.env);
  if (!result.ok) {
    endWithFaults(result.faults);
    return;
  }
  const { config } = result;
  const log = createLogger(config.logLevel);
  let composed: Composed | null = null;
  try {
    // Under `npm start` somebody looks on who can mend it.
    composed = await compose(config, log, { databaseMayWait: !process.send });
    const { app } = composed;
    const listening = await listen({
      host: config.host,
      port: config.port,
      fetch: (request, env) => app.fetch(request, env as object),
    }).catch((cause: unknown) => {
      throw StartFault.listening(config.host, config.port, cause);
    });
    const stopped = stopOnSignals(composed, listening, config);
    const firstRun = await Promise.race([composed.begin(), stopped]);
    if (firstRun !== 'stopped') tellReady(config, firstRun);
  } catch (error) {
    await composed?.close();
    if (!(error instanceof StartFault)) throw error;
    endWithFaults([error.message]);
  }
}

/** Resolves when a stop begins; the process ends when it is done. */
function stopOnSignals(
  composed: Composed,
  listening: Listening,
  config: ServerConfig,
): Promise<'stopped'> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (): void => {
      if (isStopping) return;
      isStopping = true;
      resolve('stopped');
      void stopInOrder(composed, listening, config).then(
        () => process.exit(0),
        () => process.exit(70),
      );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    // The supervisor's end of the channel closes even when it is killed outright.
    if (process.send) process.once('disconnect', stop);
  });
}

async function stopInOrder(
  composed: Composed,
  listening: Listening,
  config: ServerConfig,
): Promise<void> {
  const isAlone = config.embedded || process.send !== undefined;
  const grace = isAlone ? ALONE : AMONG_OTHERS;
  const drainMs = isAlone ? 0 : config.drainMs;
  setTimeout(() => process.exit(0), drainMs + grace.hardMs).unref();
  composed.retire();
  listening.retire();
  if (drainMs > 0) await wait(drainMs);
  const closed = listening.close(grace.requestMs);
  if (config.embedded) await composed.endOpenCalls().catch(() => undefined);
  await closed;
  await composed.close();
}

function tellReady(config: ServerConfig, firstRun: FirstRun | null): void {
  const page = `${config.publicUrl}/`;
  const console = `${config.publicUrl}/console`;
  if (process.send) {
    const seeded = firstRun ? { first_run: firstRun } : {};
    process.send({ type: 'ready', page, console, ...seeded });
  } else if (firstRun) {
    say(`dialnexa: publishable key ${firstRun.publishable_key}`);
    say(`dialnexa: secret key      ${firstRun.secret_key}  (shown once)`);
  }
  say(`dialnexa: ready ${config.publicUrl}`);
}

function endWithFaults(faults: readonly string[]): void {
  const message = faults.join('\n');
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  if (!process.send) return;
  process.send({ type: 'fault', message }, () => process.disconnect());
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main().catch((error: unknown) => {
  // A crash: the supervisor starts the process again.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'crash'}\n`);
  process.exit(70);
});
