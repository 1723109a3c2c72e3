/** Measures how loud both sides are, without a worklet and so without asking anything of the page's CSP. */

/** Whose sound is measured. */
export type Side = 'user' | 'agent';

const INTERVAL_MS = 100;
const QUIET_DB = -55;
const LOUD_DB = -10;

interface Probe {
  source: AudioNode;
  analyser: AnalyserNode;
  track: MediaStreamTrack;
}

/** One AudioContext for the length of a call. */
export class LevelMeter {
  readonly #context: AudioContext | null;
  readonly #probes: Partial<Record<Side, Probe>> = {};
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #samples = new Float32Array(2048);

  /** Made inside the click that starts the call, so that the context may run. */
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

  /** Measures another track on this side, or none. */
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
      // A call without a picture of its loudness is still a call.
    }
  }

  /** From a click: lets a context run that the browser held back. */
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

/** Root mean square on a scale of decibels: 0 is a quiet room, 1 is loud speech. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length);
  return Math.min(1, Math.max(0, (decibels - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/** The browser's AudioContext; `null` where there is none. */
export function browserAudioContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}
