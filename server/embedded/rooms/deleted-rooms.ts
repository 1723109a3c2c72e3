// Remembers which rooms were deleted by API, so that nobody makes them again by joining.

/** Longer than any token lives that this server renews. */
const REMEMBERED_MS = 3_600_000;
const MAX_NAMES = 10_000;

export class DeletedRooms {
  readonly #at = new Map<string, number>();

  add(name: string): void {
    this.#at.delete(name);
    this.#at.set(name, performance.now());
    const [oldest] = this.#at.keys();
    if (this.#at.size > MAX_NAMES && oldest !== undefined) this.#at.delete(oldest);
  }

  has(name: string): boolean {
    const at = this.#at.get(name);
    if (at === undefined) return false;
    if (performance.now() - at < REMEMBERED_MS) return true;
    this.#at.delete(name);
    return false;
  }

  /** The room was made again by API. */
  forget(name: string): void {
    this.#at.delete(name);
  }
}
