// Remembers which rooms were deleted by API, so that nobody makes them again by joining.
import { LRUCache } from 'lru-cache';

/** Longer than any token lives that this server renews. */
const REMEMBERED_MS = 3_600_000;
const MAX_NAMES = 10_000;

export class DeletedRooms {
  readonly #names = new LRUCache<string, true>({ max: MAX_NAMES, ttl: REMEMBERED_MS });

  add(name: string): void {
    this.#names.set(name, true);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** The room was made again by API. */
  forget(name: string): void {
    this.#names.delete(name);
  }
}
