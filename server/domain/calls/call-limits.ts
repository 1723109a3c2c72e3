/** How much of a workspace one address may hold, and how much one key may use up. */
import type { CallLimit } from '../../../sdk/wire/error-body.js';
import type { KeyLimits } from '../../../sdk/wire/api-key.js';
import type { CallCeilings, CallHolder, CallOccupancy } from '../ports/store.js';

const HOUR_MS = 3_600_000;
/** From the beginning of an hour until it counts no more. */
const DAY_MS = 25 * HOUR_MS;
/** Of several limits that are reached, the first one is told. */
const TOLD_FIRST = [
  'minutes_per_day',
  'calls_per_hour',
  'concurrent_calls',
  'open_calls_per_address',
  'open_calls_per_visitor',
  'waiting_calls_per_address',
] as const satisfies readonly CallLimit[];

/** What a publishable key may use up when nobody says otherwise: whoever copies it from a page cannot run up a bill. */
export const PUBLISHABLE_LIMITS: Pick<KeyLimits, 'calls_per_hour' | 'minutes_per_day'> = {
  calls_per_hour: 1_000,
  minutes_per_day: 2_000,
};

/** The limit that was met. */
export interface LimitReached {
  name: CallLimit;
  /** Calls, or minutes. */
  limit: number;
  /** When it may be otherwise; not known for calls that are open. */
  retryAfterSec?: number;
}

/** What one address may hold of so many lines where nobody says otherwise. */
export const addressShare = (lines: number): number => Math.ceil(lines / 2);

/**
 * What holds for a call. A key's own share wins over the workspace's. Where nothing is set one address may hold half of the
 * lines, so that an office is served behind one address and nobody holds every line; and a quarter with calls that nobody has
 * joined yet, which an office joins within seconds.
 */
export function ceilingsOf({ workspace, key }: CallHolder): CallCeilings {
  const lines = workspace?.concurrency_limit ?? 0;
  const ofAddress =
    key?.open_calls_per_address ?? workspace?.open_calls_per_address ?? addressShare(lines);
  return {
    minutes_per_day: key?.minutes_per_day ?? null,
    calls_per_hour: key?.calls_per_hour ?? null,
    concurrent_calls: lines,
    open_calls_per_address: ofAddress,
    open_calls_per_visitor:
      key?.open_calls_per_visitor ?? workspace?.open_calls_per_visitor ?? ofAddress,
    waiting_calls_per_address: Math.ceil(lines / 4),
  };
}

/** One more call within all limits? `null`: yes. */
export function limitReached(
  { open, used }: CallOccupancy,
  ceilings: CallCeilings,
  now: Date,
): LimitReached | null {
  const counted: Record<CallLimit, number> = {
    minutes_per_day: used.talk_ms / 60_000,
    calls_per_hour: used.calls,
    concurrent_calls: open.total,
    open_calls_per_address: open.of_address,
    open_calls_per_visitor: open.of_visitor,
    waiting_calls_per_address: open.waiting,
  };
  const retryAfter = (since: Date | null, spanMs: number): number =>
    Math.max(1, Math.ceil(((since ?? now).getTime() + spanMs - now.getTime()) / 1_000));
  for (const name of TOLD_FIRST) {
    const limit = ceilings[name];
    if (limit === null || counted[name] < limit) continue;
    if (name === 'minutes_per_day') {
      return { name, limit, retryAfterSec: retryAfter(used.first_of_day, DAY_MS) };
    }
    if (name === 'calls_per_hour') {
      return { name, limit, retryAfterSec: retryAfter(used.first_of_hour, HOUR_MS) };
    }
    return { name, limit };
  }
  return null;
}
