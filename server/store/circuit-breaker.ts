/** Spares whoever asks now the wait for a database that has just let somebody wait in vain. */
import { StoreError } from './store-error.js';

/** Stands before every query. */
export interface CircuitBreaker {
  /** Runs a query; throws `StoreError` at once while the database is not trusted. */
  run<T>(query: () => Promise<T>): Promise<T>;
  /** Runs whether it is trusted or not; its success restores the trust. */
  try<T>(query: () => Promise<T>): Promise<T>;
}

/** One query is let through so often to see whether the database is back; whoever watches it tries sooner. */
const TRIAL_EVERY_MS = 10_000;

/**
 * Closed until a query gets no answer in time, or no connection, and closed again by the first that succeeds. A query
 * that the database itself gave up says nothing about the others.
 */
export function createCircuitBreaker(now: () => number = Date.now): CircuitBreaker {
  let open: { fault: StoreError; nextTrialAt: number } | null = null;

  const attempt = async <T>(query: () => Promise<T>): Promise<T> => {
    try {
      const answer = await query();
      open = null;
      return answer;
    } catch (error) {
      if (error instanceof StoreError && error.fault === 'overloaded') {
        open = { fault: error, nextTrialAt: now() + TRIAL_EVERY_MS };
      }
      throw error;
    }
  };
  return {
    try: attempt,
    run: (query) => {
      if (open && now() < open.nextTrialAt) return Promise.reject(open.fault);
      if (open) open.nextTrialAt = now() + TRIAL_EVERY_MS;
      return attempt(query);
    },
  };
}
