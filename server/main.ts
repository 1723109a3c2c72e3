/** The server's process: environment in, listen, tell, stop in order. Nothing else reads `process.env`. */
import { compose } from './compose.js';
import { createLogger } from './http/logger.js';
import { listen } from './http/listen.js';
import { readServerConfig } from './server-config.js';
import { StartFault } from './start-fault.js';
import type { Composed, FirstRun } from './compose.js';
import type { Listening } from './http/listen.js';
import type { ServerConfig } from './server-config.js';

const HARD_STOP_MS = 2_500;
const REQUEST_GRACE_MS = 500;

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
    composed = await compose(config, log);
    const { app } = composed;
    const listening = await listen({
      host: config.host,
      port: config.port,
      fetch: (request, env) => app.fetch(request, env as object),
    }).catch((cause: unknown) => {
      throw StartFault.listening(config.host, config.port, cause);
    });
    composed.startWorkers();
    stopOnSignals(composed, listening, config);
    tellReady(config, composed.firstRun);
  } catch (error) {
    await composed?.close();
    if (!(error instanceof StartFault)) throw error;
    endWithFaults([error.message]);
  }
}

function stopOnSignals(composed: Composed, listening: Listening, config: ServerConfig): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), HARD_STOP_MS).unref();
    void (async () => {
      const closed = listening.close(REQUEST_GRACE_MS);
      if (config.embedded) await composed.endOpenCalls().catch(() => undefined);
      await closed;
      await composed.close();
      process.exit(0);
    })();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The supervisor's end of the channel closes even when it is killed outright.
  if (process.send) process.once('disconnect', stop);
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
