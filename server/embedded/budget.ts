// Bounds how much of something one source may take: a store that fills again with time.
import { LRUCache } from 'lru-cache';

const MAX_SOURCES = 10_000;

/** How much may be taken at once, and how much comes back in a second. */
export interface BudgetSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** The store of one source; full at first. */
export class Budget {
  readonly #size: BudgetSize;
  #left: number;
  #at = performance.now();

  constructor(size: BudgetSize) {
    this.#size = size;
    this.#left = size.burst;
  }

  /** Whether so much was there; if not, nothing is taken. */
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

/** One store a source; of many sources the one that was not seen for longest begins anew. */
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
