/** Measures the stages of joining, from `start()` on. */
import type { TimingStage } from '../events.js';

/** Reports each stage once, and records it with `performance.measure`. */
export class Timeline {
  readonly #begin = performance.now();
  readonly #seen = new Set<TimingStage>();
  readonly #tell: (stage: TimingStage, ms: number) => void;

  constructor(tell: (stage: TimingStage, ms: number) => void) {
    this.#tell = tell;
  }

  reach(stage: TimingStage): void {
    if (this.#seen.has(stage)) return;
    this.#seen.add(stage);
    const end = performance.now();
    performance.measure?.(`dialnexa:${stage}`, { start: this.#begin, end });
    this.#tell(stage, Math.round(end - this.#begin));
  }
}
