/** The rate limiter whose counters are in the database, shared by all server processes. */
import { createHash } from 'node:crypto';
import { createMemoryRateLimiter } from './rate-limit.js';
import type { RateDecision, RateLimiter, RateRule } from './rate-limit.js';

/** The shared counter: it counts as many of the `wanted` requests as the rule allows. */
export interface SharedCounter {
  countRequests(
    bucket: string,
    wanted: number,
    rule: RateRule,
  ): Promise<{ granted: number; remaining: number; resetSec: number }>;
}

type Answer = (decision: RateDecision | Promise<RateDecision>) => void;

/** Pause before the database is tried again after it failed. */
const REST_MS = 1_000;

/**
 * Requests of one bucket that meet are counted by one statement, so a flood costs one connection. Where the
 * counter fails, each process counts for itself: a limiter must never be the reason for an outage. What fails
 * for one bucket alone changes nothing for the others.
 */
export function createSharedRateLimiter(
  counter: SharedCounter,
  spare: RateLimiter = createMemoryRateLimiter(),
  now: () => number = Date.now,
): RateLimiter {
  const queues = new Map<string, Answer[]>();
  let restsUntil = 0;

  const count = async (bucket: string, rule: RateRule, answers: readonly Answer[]) => {
    const { limit } = rule;
    try {
      const { granted, remaining, resetSec } = await counter.countRequests(
        nameOf(bucket),
        answers.length,
        rule,
      );
      answers.forEach((answer, index) => {
        const allowed = index < granted;
        const left = allowed ? remaining + granted - 1 - index : remaining;
        answer({ allowed, limit, remaining: left, resetSec });
      });
    } catch (error) {
      if (error instanceof Error && error.name === 'StoreError') restsUntil = now() + REST_MS;
      for (const answer of answers) answer(spare.take(bucket, rule));
    }
  };
  const drain = async (bucket: string, rule: RateRule, queue: Answer[]): Promise<void> => {
    while (queue.length > 0) await count(bucket, rule, queue.splice(0));
    queues.delete(bucket);
  };

  return {
    take: (bucket, rule) => {
      if (now() < restsUntil) return spare.take(bucket, rule);
      return new Promise((resolve) => {
        const queue = queues.get(bucket);
        if (queue) {
          queue.push(resolve);
          return;
        }
        const fresh: Answer[] = [resolve];
        queues.set(bucket, fresh);
        void drain(bucket, rule, fresh);
      });
    },
  };
}

/** Hashed, so that it has one length and no visitor's address is stored. */
function nameOf(bucket: string): string {
  return createHash('sha256').update(bucket).digest('base64url');
}
