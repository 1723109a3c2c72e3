/** Trying again: the one place where it is decided how long to wait before. */
import { RestError } from './rest-error.js';

const FIRST_MS = 200;
/** Nobody waits longer for a server that asks for it. */
export const LONGEST_ASKED_MS = 60_000;

/** When to stop. */
export interface RetryOptions {
  /** Tries after the first. Default: any number. */
  retries?: number;
  /** No try begins later than so many milliseconds after the first. Default: for ever. */
  withinMs?: number;
  /** The longest pause, unless the server asks for more. */
  slowestMs: number;
  /** Gives up: it rejects with `aborted`. */
  signal?: AbortSignal | undefined;
  /** Which failures may pass. Default: what a `RestError` calls retryable. */
  mayPass?: (error: unknown) => boolean;
}

/** Answers what `attempt` does once it succeeds; rejects with its last failure. */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { retries = Infinity, withinMs = Infinity, signal, mayPass = isRetryable } = options;
  const deadline = Date.now() + withinMs;
  for (let tries = 0; ; tries += 1) {
    throwIfAborted(signal);
    try {
      return await attempt();
    } catch (error) {
      throwIfAborted(signal);
      const ms = pauseMs(error, tries, options.slowestMs);
      const isLast = tries >= retries || Date.now() + ms > deadline;
      if (isLast || !mayPass(error)) throw error;
      await pause(ms, signal);
    }
  }
}

/** The default of `mayPass`. */
export function isRetryable(error: unknown): boolean {
  return error instanceof RestError && error.retryable;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new RestError('aborted', 'The request was given up.', { cause: signal.reason });
}

/** Twice as long each time, and not everybody at once. */
function pauseMs(error: unknown, tries: number, slowestMs: number): number {
  const asked = error instanceof RestError ? (error.retryAfterMs ?? 0) : 0;
  const grown = Math.min(slowestMs, FIRST_MS * 2 ** tries) * (1 - Math.random() / 4);
  return Math.max(grown, Math.min(asked, LONGEST_ASKED_MS));
}

/** Resolves early when the signal says so. */
function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}
