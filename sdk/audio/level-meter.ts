/**
 * Measures the loudness of both sides of a call. Uses AnalyserNodes and no AudioWorklet, which the CSP of a page may
 * forbid.
 */

/** Whose loudness is measured: the caller's (`user`) or the agent's. */
export type Side = 'user' | 'agent';

const INTERVAL_MS = 100;
const QUIET_DB = -55;
const LOUD_DB = -10;

interface Probe {
  source: AudioNode;
  analyser: AnalyserNode;
  track: MediaStreamTrack;
}

/** The meter of one call, with one AudioContext. Calls `listener` every 100 ms with both levels, 0 to 1. */
export class LevelMeter {
  readonly #context: AudioContext | null;
  readonly #probes: Partial<Record<Side, Probe>> = {};
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #samples = new Float32Array(2048);

  /** Must be created in the click that starts the call: browsers suspend an AudioContext that is made elsewhere. */
  constructor(
    createContext: () => AudioContext | null,
    tell: (levels: Record<Side, number>) => void,
  ) {
    this.#context = createContext();
    this.#timer = setInterval(
      () => tell({ user: this.#level('user'), agent: this.#level('agent') }),
      INTERVAL_MS,
    );
  }

  /** Measures this track on this side from now on; `null`: none. */
  watch(side: Side, track: MediaStreamTrack | null): void {
    const old = this.#probes[side];
    old?.source.disconnect();
    delete this.#probes[side];
    if (!track || !this.#context || this.#context.state === 'closed') return;
    try {
      const source = this.#context.createMediaStreamSource(new MediaStream([track]));
      const analyser = this.#context.createAnalyser();
      analyser.fftSize = this.#samples.length;
      source.connect(analyser);
      this.#probes[side] = { source, analyser, track };
    } catch {
      // The call works without its levels.
    }
  }

  /** Resumes an AudioContext that the browser has suspended. To be called from a click. */
  async resume(): Promise<void> {
    if (this.#context?.state === 'suspended') await this.#context.resume();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.watch('user', null);
    this.watch('agent', null);
    if (this.#context && this.#context.state !== 'closed') await this.#context.close();
  }

  #level(side: Side): number {
    const probe = this.#probes[side];
    if (!probe || !probe.track.enabled) return 0;
    probe.analyser.getFloatTimeDomainData(this.#samples);
    return levelOf(this.#samples);
  }
}

/**
 * The level of samples: their root mean square in dB, scaled so that 0 is a quiet room (-55 dB) and 1 loud speech (-10
 * dB).
 */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length);
  return Math.min(1, Math.max(0, (decibels - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/** A new AudioContext; `null` where the browser has none. */
export function browserAudioContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}
