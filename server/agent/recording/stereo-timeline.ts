/** Two voices on one timeline: left the caller where it arrived, right the agent where it was played. */

/** A sound that does not continue the last one this closely begins a new run. */
const JOIN_MS = 120;

interface Run {
  /** Sample at which it begins. */
  start: number;
  samples: Int16Array;
}

/** The two sides. */
export type Side = 'caller' | 'agent';

/** Sounds placed in time, taken out as interleaved blocks. All times are milliseconds of one clock. */
export class StereoTimeline {
  readonly sampleRate: number;
  readonly #startedAt: number;
  readonly #runs: Record<Side, Run[]> = { caller: [], agent: [] };
  readonly #ends: Record<Side, number> = { caller: 0, agent: 0 };
  /** Whether the last sound may go on. */
  readonly #isOpen: Record<Side, boolean> = { caller: false, agent: false };
  #taken = 0;

  constructor(sampleRate: number, startedAt: number) {
    this.sampleRate = sampleRate;
    this.#startedAt = startedAt;
  }

  /** Puts a sound where it was heard, or right behind the last one when they belong together. */
  add(side: Side, at: number, samples: Int16Array): void {
    const wanted = this.#sampleAt(at);
    const isNear = Math.abs(wanted - this.#ends[side]) <= (JOIN_MS / 1000) * this.sampleRate;
    const joins = isNear && this.#isOpen[side];
    const start = joins ? this.#ends[side] : Math.max(wanted, this.#ends[side]);
    this.#runs[side].push({ start, samples });
    this.#ends[side] = start + samples.length;
    this.#isOpen[side] = true;
  }

  /** When the last sound of a side ends; `now` when that has passed. */
  endOf(side: Side, now: number): number {
    return Math.max(now, this.#startedAt + (this.#ends[side] / this.sampleRate) * 1000);
  }

  /** Forgets what would have been heard after `at`, where the speaker fell silent: what follows is a sound of its own. */
  cut(side: Side, at: number): void {
    const limit = Math.max(this.#taken, this.#sampleAt(at));
    this.#runs[side] = this.#runs[side].flatMap((run) => {
      if (run.start >= limit) return [];
      if (run.start + run.samples.length <= limit) return [run];
      return [{ start: run.start, samples: run.samples.subarray(0, limit - run.start) }];
    });
    this.#ends[side] = Math.min(this.#ends[side], limit);
    this.#isOpen[side] = false;
  }

  /** Everything up to `until`, 16-bit little-endian, left and right in turn; silence where nobody spoke. */
  take(until: number): Uint8Array {
    const end = Math.max(this.#taken, this.#sampleAt(until));
    const start = this.#taken;
    const block = new Int16Array((end - start) * 2);
    for (const [channel, side] of (['caller', 'agent'] as const).entries()) {
      this.#runs[side] = this.#runs[side].filter((run) => {
        const first = Math.max(run.start, start);
        const last = Math.min(run.start + run.samples.length, end);
        for (let i = first; i < last; i += 1) {
          block[(i - start) * 2 + channel] = run.samples[i - run.start] ?? 0;
        }
        return run.start + run.samples.length > end;
      });
      this.#ends[side] = Math.max(this.#ends[side], end);
    }
    this.#taken = end;
    return new Uint8Array(block.buffer);
  }

  #sampleAt(at: number): number {
    return Math.max(0, Math.round(((at - this.#startedAt) / 1000) * this.sampleRate));
  }
}
