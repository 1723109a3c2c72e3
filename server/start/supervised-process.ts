/** One of the three processes: starts it, learns that it is ready, brings it back when it dies. */
import { fork, type ChildProcess } from 'node:child_process';
import { restartDelay, wellAfterMs } from './backoff.js';
import { readChildMessage, type ReadyMessage } from './child-message.js';
import type { ProcessLog } from './process-log.js';
import { StartError } from './start-error.js';

const triesBeforeReady = 3;

/** What runs, with what, and who is told. */
export interface ProcessPlan {
  name: string;
  /** The compiled main file. */
  file: string;
  env: NodeJS.ProcessEnv;
  log: ProcessLog;
  /** One line for the terminal. */
  say: (line: string) => void;
  /** A fault that only the user can mend, at any time. */
  onFault: (error: StartError) => void;
  /** Every time it is ready, also when it is being stopped. */
  onReady?: (message: ReadyMessage) => void;
}

/** Leads a process group of its own, so that whatever it started goes with it. */
export class SupervisedProcess {
  readonly #plan: ProcessPlan;
  #child: ChildProcess | null = null;
  #stopping = false;
  #wasStarted = false;
  #wasReady = false;
  #deaths = 0;
  #restart: NodeJS.Timeout | undefined;
  #resolveReady: (message: ReadyMessage) => void = () => undefined;
  readonly #ready: Promise<ReadyMessage>;

  constructor(plan: ProcessPlan) {
    this.#plan = plan;
    this.#ready = new Promise((resolve) => {
      this.#resolveReady = resolve;
    });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Runs, but has not said that it is ready. */
  get isAwaited(): boolean {
    return this.#wasStarted && !this.#wasReady && !this.#stopping;
  }

  /** Resolves with the first ready message; never, when it was stopped before. */
  start(): Promise<ReadyMessage> {
    this.#wasStarted = true;
    this.#launch();
    return this.#ready;
  }

  /** Asks it to end, and makes it end after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child?.pid) return;
    const group = child.pid;
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => {
        // Its last words may still be on their way.
        if (child.connected) child.once('disconnect', resolve);
        else resolve();
      });
    });
    child.kill('SIGTERM');
    const deadline = setTimeout(() => {
      killGroup(group);
    }, graceMs);
    await gone;
    clearTimeout(deadline);
    killGroup(group);
  }

  #launch(): void {
    if (this.#stopping) return;
    const { log } = this.#plan;
    const startedAt = Date.now();
    const ended = (how: string): void => {
      if (child.pid) killGroup(child.pid);
      if (this.#child === child) this.#child = null;
      this.#died(how, Date.now() - startedAt);
    };
    let child: ChildProcess;
    try {
      child = this.#fork();
    } catch (error) {
      this.#died(error instanceof Error ? error.message : String(error), 0);
      return;
    }
    this.#child = child;
    log.follow(child.stdout, false);
    log.follow(child.stderr, true);
    child.on('message', (value) => {
      this.#hear(value);
    });
    child.on('error', (error) => {
      // Of a process that never ran there is no other word; one that runs may refuse a signal or a message.
      if (!child.pid) ended(error.message);
    });
    child.once('exit', (code, signal) => {
      ended(signal ?? `code ${String(code)}`);
    });
  }

  #fork(): ChildProcess {
    return fork(this.#plan.file, [], {
      env: this.#plan.env,
      detached: true,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
  }

  #hear(value: unknown): void {
    const message = readChildMessage(value);
    if (message?.type === 'fault') {
      this.#stopping = true;
      this.#plan.onFault(StartError.processFailed(this.#plan.name, message.message));
    } else if (message) {
      this.#plan.onReady?.(message);
      if (this.#wasReady) this.#plan.say(`${this.#plan.name} is back.`);
      this.#wasReady = true;
      this.#resolveReady(message);
    }
  }

  #died(how: string, livedMs: number): void {
    if (this.#stopping) return;
    const { name, log, say, onFault } = this.#plan;
    this.#deaths = livedMs > wellAfterMs ? 1 : this.#deaths + 1;
    if (!this.#wasReady && this.#deaths >= triesBeforeReady) {
      this.#stopping = true;
      onFault(
        StartError.processFailed(
          name,
          `The ${name} process does not start: ${log.lastFault || how}`,
        ),
      );
      return;
    }
    const delay = restartDelay(this.#deaths);
    say(`${name} ended (${how}); starting it again in ${String(delay / 1000)} s.`);
    this.#restart = setTimeout(() => {
      this.#launch();
    }, delay);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
