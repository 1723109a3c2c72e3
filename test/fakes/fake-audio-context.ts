/** An AudioContext that only counts itself. */

/** The part of `AudioContext` that the level meter touches. */
export class FakeAudioContext {
  state: AudioContextState = 'running';
  readonly sampleRate = 48_000;
  readonly destination = {};
  /** How loud the microphone is, 0 to 1. */
  amplitude = 0;
  /** What it hears of a tone that is played, in dB. */
  echoDb = -120;
  #isPlaying = false;

  createMediaStreamSource(): object {
    return { connect: () => {}, disconnect: () => {} };
  }

  createAnalyser(): object {
    return {
      fftSize: 0,
      frequencyBinCount: 1024,
      getFloatTimeDomainData: (samples: Float32Array) => samples.fill(this.amplitude),
      getFloatFrequencyData: (bins: Float32Array) =>
        bins.fill(this.#isPlaying ? this.echoDb : -120),
    };
  }

  createGain(): object {
    return { gain: { value: 1 }, connect: () => {} };
  }

  createOscillator(): object {
    return {
      frequency: { value: 0 },
      connect: (next: object) => next,
      start: () => {
        this.#isPlaying = true;
      },
      stop: () => {
        this.#isPlaying = false;
      },
    };
  }

  /** A browser that waits for a click. */
  resume(): Promise<void> {
    return new Promise(() => {});
  }

  close(): Promise<void> {
    this.state = 'closed';
    return Promise.resolve();
  }

  /** Node has no such class to extend. */
  asContext(): AudioContext {
    return this as unknown as AudioContext;
  }
}
