/** The server's process: environment in, listen, tell, stop in order. Nothing else reads `process.env`. */
import { setTimeout as wait } from 'node:timers/promises';
import { compose } from './compose.js';
import { createLogger } from './http/telemetry/logger.js';
import { listen } from './http/listen/listen.js';
import { readServerConfig } from './server-config.js';
import { StartFault } from './start-fault.js';
import type { Composed } from './compose.js';
import type { FirstRun } from './demo/ensure-demo.js';
import type { Listening } from './http/listen/listen.js';
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
/** Pages ask how their calls ended. */
const FAREWELL_MS = 300;
/** The first run's rows are written in less; a database that is away is not waited for. */
const SEED_MS = 500;

async function main(): Promise<void> {
  const result = readServerConfig(process.env);
  if (!result.ok) {
    endWithFaults(result.faults);
    return;
  }
  const { config } = result;
  const stop = hearStop(config);
  const log = createLogger(config.logLevel);
  let composed: Composed | null = null;
  try {
    // Under `npm start` somebody looks on who can mend it.
    composed = await compose(config, log, {
      databaseMayWait: !process.send,
      tell: (line) => void process.stderr.write(`${line}\n`),
      crash,
    });
    if (stop.isAsked) {
      await composed.close();
      process.exit(0);
    }
    const { app } = composed;
    const listening = await listen({
      host: config.host,
      port: config.port,
      fetch: (request, env) => app.fetch(request, env as object),
    }).catch((cause: unknown) => {
      throw StartFault.listening(config.host, config.port, cause);
    });
    const begun = composed.begin();
    stopWhenAsked(stop, { composed, listening, config, begun });
    const firstRun = await begun.catch((error: unknown) => {
      if (stop.isAsked) return null;
      throw error;
    });
    // Keys that were made are told in any case: they are nowhere else.
    if (firstRun || !stop.isAsked) tellReady(config, firstRun);
  } catch (error) {
    await composed?.close();
    if (!(error instanceof StartFault)) throw error;
    endWithFaults([error.message]);
  }
}

/** Whether and when the process is told to stop. */
interface Stop {
  isAsked: boolean;
  asked: Promise<void>;
}

/** Heard from the beginning: a start takes seconds, and the supervisor may die during them. */
function hearStop(config: ServerConfig): Stop {
  const stop: Stop = { isAsked: false, asked: Promise.resolve() };
  stop.asked = new Promise((resolve) => {
    const ask = (): void => {
      if (stop.isAsked) return;
      stop.isAsked = true;
      const { hardMs, drainMs } = patience(config);
      setTimeout(() => process.exit(0), drainMs + hardMs).unref();
      resolve();
    };
    process.once('SIGTERM', ask);
    process.once('SIGINT', ask);
    if (!process.send) return;
    // The supervisor's end of the channel closes even when it is killed outright, perhaps already.
    process.once('disconnect', ask);
    if (!process.connected) ask();
  });
  return stop;
}

interface Running {
  composed: Composed;
  listening: Listening;
  config: ServerConfig;
  begun: Promise<unknown>;
}

/** The process ends when the stop is done. */
function stopWhenAsked(stop: Stop, running: Running): void {
  void stop.asked
    .then(() => stopInOrder(running))
    .then(
      () => process.exit(0),
      () => process.exit(70),
    );
}

function patience(config: ServerConfig): Grace & { drainMs: number } {
  const isAlone = config.embedded || process.send !== undefined;
  return isAlone ? { ...ALONE, drainMs: 0 } : { ...AMONG_OTHERS, drainMs: config.drainMs };
}

async function stopInOrder({ composed, listening, config, begun }: Running): Promise<void> {
  const { requestMs, drainMs } = patience(config);
  composed.retire();
  listening.retire();
  if (drainMs > 0) await wait(drainMs);
  if (config.embedded && (await composed.endOpenCalls().catch(() => 0)) > 0)
    await wait(FAREWELL_MS);
  const closed = listening.close(requestMs);
  // What the first run writes is either whole and told, or not there.
  await Promise.race([begun.catch(() => undefined), wait(SEED_MS)]);
  await closed;
  // Of whoever came meanwhile.
  if (config.embedded) await composed.endOpenCalls().catch(() => 0);
  await composed.close();
}

function tellReady(config: ServerConfig, firstRun: FirstRun | null): void {
  const page = `${config.publicUrl}/`;
  const console = `${config.publicUrl}/console`;
  if (process.send && process.connected) {
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
  if (!process.send || !process.connected) return;
  process.send({ type: 'fault', message }, () => process.disconnect());
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The supervisor starts the process again. */
function crash(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'crash'}\n`);
  process.exit(70);
}

void main().catch(crash);
