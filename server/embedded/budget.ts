// Token buckets: limit how much a source may take at once and over time.
import { LRUCache } from 'lru-cache';

const MAX_SOURCES = 10_000;

/** Size of a bucket, and how much flows back into it per second. */
export interface BudgetSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** The bucket of one source; full at first. */
export class Budget {
  readonly #size: BudgetSize;
  #left: number;
  #at = performance.now();

  constructor(size: BudgetSize) {
    this.#size = size;
    this.#left = size.burst;
  }

  /** Takes the amount out of the bucket; false, and nothing is taken, when there is too little. */
  take(amount: number): boolean {
    const now = performance.now();
    const { burst, perSecond } = this.#size;
    this.#left = Math.min(burst, this.#left + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }
}

/**
 * A bucket for each source, by name. Beyond 10,000 sources, the one unused for longest starts again with a full bucket.
 */
export class Budgets {
  readonly #size: BudgetSize;
  readonly #bySource = new LRUCache<string, Budget>({ max: MAX_SOURCES });

  constructor(size: BudgetSize) {
    this.#size = size;
  }

  take(source: string): boolean {
    const budget = this.#bySource.get(source) ?? new Budget(this.#size);
    this.#bySource.set(source, budget);
    return budget.take(1);
  }
}
