// Remembers rooms that were deleted by API, so that joining does not create them again.
import { LRUCache } from 'lru-cache';

/** One hour: longer than the lifetime of tokens that this server refreshes. */
const REMEMBERED_MS = 3_600_000;
const MAX_NAMES = 10_000;

/** The deleted rooms of the last hour, at most 10,000. */
export class DeletedRooms {
  readonly #names = new LRUCache<string, true>({ max: MAX_NAMES, ttl: REMEMBERED_MS });

  add(name: string): void {
    this.#names.set(name, true);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** The room was created again by API. */
  forget(name: string): void {
    this.#names.delete(name);
  }
}
