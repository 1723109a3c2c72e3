/** How many processes wait loaded for calls, so that visitors who come at the same moment wait for none to load. */
import process from 'node:process';

/** Visitors within so long of each other come at the same moment: a process takes some seconds to load. */
const TOGETHER_MS = 10_000;
/** Demand that is older tells nothing any more. */
const REMEMBERED_MS = 600_000;
/** As many at once are expected before any demand is known. */
const EXPECTED = 2;
/** What a process that waits holds, and the part of the free memory that all of them may. */
const ONE_MB = 250;
const SHARE = 0.25;

/** What `SpareProcesses` asks its machine. */
export interface Machine {
  /** ms of a clock that only goes forward. */
  now(): number;
  /** MB that may still be used. */
  freeMb(): number;
}

const thisMachine: Machine = {
  now: () => performance.now(),
  freeMb: () => process.availableMemory() / 2 ** 20,
};

/**
 * Their number: one more than the most calls that came at once in the last ten minutes, as far as a quarter of the free
 * memory and `most` allow, and never none. It is read whenever a process was taken; those that wait are never ended.
 */
export class SpareProcesses {
  readonly #most: number;
  readonly #machine: Machine;
  #taken: number[] = [];

  constructor(most: number, machine: Machine = thisMachine) {
    this.#most = most;
    this.#machine = machine;
  }

  /** To be called for every job that is accepted, before it gets its process. */
  jobTaken(): void {
    this.#taken.push(this.#machine.now());
  }

  /** For the framework, which compares its count with this object's. */
  valueOf(): number {
    const affordable = Math.floor((this.#machine.freeMb() * SHARE) / ONE_MB);
    return Math.max(1, Math.min(this.#atOnce() + 1, affordable, this.#most));
  }

  #atOnce(): number {
    const now = this.#machine.now();
    this.#taken = this.#taken.filter((at) => now - at < REMEMBERED_MS);
    if (this.#taken.length === 0) return EXPECTED;
    let first = 0;
    let most = 0;
    for (const [index, at] of this.#taken.entries()) {
      while (at - (this.#taken[first] ?? at) >= TOGETHER_MS) first += 1;
      most = Math.max(most, index - first + 1);
    }
    return most;
  }
}
