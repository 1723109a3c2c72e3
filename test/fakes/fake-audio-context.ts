/** An AudioContext that only counts itself. */

/** The part of `AudioContext` that the level meter touches. */
export class FakeAudioContext {
  state: AudioContextState = 'running';

  createMediaStreamSource(): object {
    return { connect: () => {}, disconnect: () => {} };
  }

  createAnalyser(): object {
    return { fftSize: 0, getFloatTimeDomainData: () => {} };
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
