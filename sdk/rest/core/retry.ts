/** Retries with exponential backoff: the only place that decides how long to wait before a retry. */
import { RestError } from './rest-error.js';

const FIRST_MS = 200;
/** The longest wait that a server can ask for, in ms. */
export const LONGEST_ASKED_MS = 60_000;

/** When to give up. */
export interface RetryOptions {
  /** Retries after the first try. Default: no limit. */
  retries?: number;
  /** No try begins later than this many ms after the first. Default: no limit. */
  withinMs?: number;
  /** The longest wait in ms, unless the server asks for more. */
  slowestMs: number;
  /** Cancels: rejects with `aborted`. */
  signal?: AbortSignal | undefined;
  /** Whether a failure is worth a retry. Default: `isRetryable`. */
  mayPass?: (error: unknown) => boolean;
}

/** Runs `attempt` until it succeeds; resolves with its result, or rejects with its last failure. */
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

/** Whether an error is a `RestError` that is retryable. */
export function isRetryable(error: unknown): boolean {
  return error instanceof RestError && error.retryable;
}

/** Throws `aborted` once the signal is. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new RestError('aborted', 'The request was given up.', { cause: signal.reason });
}

/** How long to wait after so many failures before this one: exponential backoff with jitter, or what the server asks for. */
export function pauseMs(error: unknown, tries: number, slowestMs: number): number {
  const asked = error instanceof RestError ? (error.retryAfterMs ?? 0) : 0;
  const grown = Math.min(slowestMs, FIRST_MS * 2 ** tries) * (1 - Math.random() / 4);
  return Math.max(grown, Math.min(asked, LONGEST_ASKED_MS));
}

/** Resolves after `ms`, or as soon as the signal is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
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
