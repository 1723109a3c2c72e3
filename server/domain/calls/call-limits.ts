/** How much of a workspace one address may hold, and how much one key may use up. */
import type { CallLimit } from '../../../sdk/wire/error-body.js';
import type { KeyLimits } from '../../../sdk/wire/api-key.js';
import type { CallOccupancy } from '../ports/store.js';

const HOUR_MS = 3_600_000;
/** From the beginning of an hour until it counts no more. */
const DAY_MS = 25 * HOUR_MS;

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
 * One more call within all limits? `null`: yes. A key's own share wins over the workspace's.
 *
 * Where nothing is set one address may hold half of the lines, so that an office is served behind one address and
 * nobody holds every line; and a quarter with calls that nobody has joined yet, which an office joins within seconds.
 */
export function limitReached(found: CallOccupancy, now: Date): LimitReached | null {
  const { workspace, key, open, used } = found;
  const lines = workspace?.concurrency_limit ?? 0;
  const ofAddress =
    key?.open_calls_per_address ?? workspace?.open_calls_per_address ?? addressShare(lines);
  const ofVisitor = key?.open_calls_per_visitor ?? workspace?.open_calls_per_visitor ?? ofAddress;
  const retryAfter = (since: Date | null, spanMs: number): number =>
    Math.max(1, Math.ceil(((since ?? now).getTime() + spanMs - now.getTime()) / 1_000));

  const minutes = key?.minutes_per_day ?? Infinity;
  if (used.talk_ms >= minutes * 60_000) {
    const retryAfterSec = retryAfter(used.first_of_day, DAY_MS);
    return { name: 'minutes_per_day', limit: minutes, retryAfterSec };
  }
  const calls = key?.calls_per_hour ?? Infinity;
  if (used.calls >= calls) {
    const retryAfterSec = retryAfter(used.first_of_hour, HOUR_MS);
    return { name: 'calls_per_hour', limit: calls, retryAfterSec };
  }
  if (open.total >= lines) return { name: 'concurrent_calls', limit: lines };
  if (open.of_address >= ofAddress) return { name: 'open_calls_per_address', limit: ofAddress };
  if (open.of_visitor >= ofVisitor) return { name: 'open_calls_per_visitor', limit: ofVisitor };
  const waiting = Math.ceil(lines / 4);
  if (open.waiting >= waiting) return { name: 'waiting_calls_per_address', limit: waiting };
  return null;
}
