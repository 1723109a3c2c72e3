/** Measures the connection of a call every few seconds, and keeps a summary. */
import type { ConnectionQuality } from '../events.js';
import type { ClientConnection } from '../wire/call.js';
import { readStats, type Measured, type Way } from './read-stats.js';

const EVERY_MS = 5000;
/** Measurements that are kept: the last hour. */
const KEPT = 720;
/** Fewer packets between two measurements tell nothing of the loss. */
const ENOUGH_PACKETS = 50;

/** The figures of one media session. */
export class ConnectionFigures {
  readonly #read: () => Promise<(RTCStatsReport | undefined)[]>;
  readonly #rtt: number[] = [];
  readonly #jitter: number[] = [];
  readonly #loss: number[] = [];
  readonly #everyMs: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #last: Measured | null = null;
  #samples = 0;
  readonly #graded: (quality: ConnectionQuality) => void;
  #grade: ConnectionQuality['quality'] | null = null;

  /**
   * `read` gives the statistics of the caller's track and the agent's, as far as there are any; `graded` is told of another
   * grade.
   */
  constructor(
    read: () => Promise<(RTCStatsReport | undefined)[]>,
    graded: (quality: ConnectionQuality) => void,
    everyMs = EVERY_MS,
  ) {
    this.#read = read;
    this.#graded = graded;
    this.#everyMs = everyMs;
  }

  /** Measures now and from now on. */
  begin(): void {
    const measure = () => void this.#measure().catch(() => {});
    this.#timer ??= setInterval(measure, this.#everyMs);
    measure();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** What was measured so far; `null`: nothing. */
  get summary(): ClientConnection | null {
    return (
      this.#last && {
        codec: this.#last.codec,
        rtt_ms: spreadOf(this.#rtt),
        jitter_ms: spreadOf(this.#jitter),
        packet_loss_percent: spreadOf(this.#loss),
        candidate_type: this.#last.candidateType,
        protocol: this.#last.protocol,
        samples: this.#samples,
      }
    );
  }

  async #measure(): Promise<void> {
    const now = readStats(await this.#read());
    const last = this.#last;
    this.#samples += 1;
    keep(this.#rtt, now.rttMs);
    keep(this.#jitter, now.jitterMs);
    const lossPercent = last && lossBetween(last.ways, now.ways);
    keep(this.#loss, lossPercent);
    this.#tell({ rttMs: now.rttMs, jitterMs: now.jitterMs, lossPercent });
    this.#last = {
      ...now,
      // A call without a microphone, and before the agent is there, has no track to ask.
      codec: now.codec ?? last?.codec ?? null,
      candidateType: now.candidateType ?? last?.candidateType ?? null,
      protocol: now.protocol ?? last?.protocol ?? null,
      ways: { ...last?.ways, ...now.ways },
    };
  }

  #tell(figures: Omit<ConnectionQuality, 'quality'>): void {
    const quality = gradeOf(figures);
    const isKnown = Object.values(figures).some((figure) => figure !== null);
    if (quality === this.#grade || !isKnown) return;
    this.#grade = quality;
    this.#graded({ quality, ...figures });
  }
}

/** By what is heard of it: over these limits, words are lost, or both speak at once. */
function gradeOf(figures: Omit<ConnectionQuality, 'quality'>): ConnectionQuality['quality'] {
  const { rttMs, jitterMs, lossPercent } = figures;
  const isOver = (rtt: number, jitter: number, loss: number): boolean =>
    (rttMs ?? 0) > rtt || (jitterMs ?? 0) > jitter || (lossPercent ?? 0) > loss;
  if (isOver(500, 60, 5)) return 'poor';
  return isOver(200, 30, 1) ? 'good' : 'excellent';
}

function keep(figures: number[], figure: number | null): void {
  if (figure === null) return;
  figures.push(figure);
  if (figures.length > KEPT) figures.shift();
}

/** Per cent, on the way that lost more. A stream that is new counts from its beginning. */
function lossBetween(before: Record<string, Way>, now: Record<string, Way>): number | null {
  const losses = Object.entries(now).flatMap(([id, way]) => {
    const total = way.total - (before[id]?.total ?? 0);
    const lost = way.lost - (before[id]?.lost ?? 0);
    return total < ENOUGH_PACKETS ? [] : Math.min(100, Math.max(0, (100 * lost) / total));
  });
  return losses.length > 0 ? Math.max(...losses) : null;
}

function spreadOf(figures: readonly number[]): ClientConnection['rtt_ms'] {
  if (figures.length === 0) return null;
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (part: number) =>
    Math.round(10 * (sorted[Math.ceil(part * sorted.length) - 1] ?? 0)) / 10;
  return { p50: at(0.5), p90: at(0.9), max: at(1) };
}
