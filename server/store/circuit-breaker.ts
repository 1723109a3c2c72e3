/**
 * Circuit breaker before the database: once it has not answered in time, queries fail at once instead of waiting as
 * well.
 */
import { StoreError } from './store-error.js';

/** Runs queries as long as the database answers in time. */
export interface CircuitBreaker {
  /** Runs a query; rejects with the last `StoreError` at once while the circuit is open. */
  run<T>(query: () => Promise<T>): Promise<T>;
  /** Runs a query even while the circuit is open; its success closes the circuit. */
  try<T>(query: () => Promise<T>): Promise<T>;
}

/** While the circuit is open, `run` lets one query through in this time, to see whether the database is back. */
const TRIAL_EVERY_MS = 10_000;

/**
 * Opens when a query fails as `overloaded` (no connection or no answer in time), and closes with the first that
 * succeeds. Other errors, such as one slow query that PostgreSQL cancelled, change nothing. `now` is the clock in ms.
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
