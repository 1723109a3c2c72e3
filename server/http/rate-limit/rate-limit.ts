/** How many requests a key or an address may make: a port, and its counter in this process. */
import { LRUCache } from 'lru-cache';

/** What one request left over. */
export interface RateDecision {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the window is fresh. */
  resetSec: number;
}

/** A window of time and what fits into it. */
export interface RateRule {
  limit: number;
  windowSec: number;
}

/** Counts a request against `bucket`. Implemented in this process, and in the database for several server processes. */
export interface RateLimiter {
  take(bucket: string, rule: RateRule): Promise<RateDecision>;
}

interface Window {
  startedAt: number;
  current: number;
  previous: number;
}

/** About 10 MB; beyond it the least recently used bucket is dropped. */
const MAX_BUCKETS = 50_000;

/** Sliding window by two counters: no burst of twice the limit at a window's edge. */
export function createMemoryRateLimiter(
  now: () => number = Date.now,
  maxBuckets = MAX_BUCKETS,
): RateLimiter {
  const windows = new LRUCache<string, Window>({ max: maxBuckets });
  return {
    take(bucket, rule) {
      const span = rule.windowSec * 1_000;
      const at = now();
      const window = roll(windows.get(bucket), at, span);
      windows.set(bucket, window);
      const elapsed = (at - window.startedAt) / span;
      const used = window.current + window.previous * (1 - elapsed);
      const allowed = used + 1 <= rule.limit;
      if (allowed) window.current += 1;
      return Promise.resolve({
        allowed,
        limit: rule.limit,
        remaining: Math.max(0, Math.floor(rule.limit - used - (allowed ? 1 : 0))),
        resetSec: Math.max(1, Math.ceil((window.startedAt + span - at) / 1_000)),
      });
    },
  };
}

function roll(window: Window | undefined, at: number, span: number): Window {
  const startedAt = Math.floor(at / span) * span;
  if (!window || window.startedAt + 2 * span <= at) return { startedAt, current: 0, previous: 0 };
  if (window.startedAt === startedAt) return window;
  return { startedAt, current: 0, previous: window.current };
}
