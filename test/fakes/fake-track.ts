/** A microphone track that knows whether it was stopped. */

/** The part of `MediaStreamTrack` that the SDK touches. */
export class FakeTrack extends EventTarget {
  readonly kind = 'audio';
  readonly label: string;
  enabled = true;
  stopped = false;
  get readyState(): MediaStreamTrackState {
    return this.stopped ? 'ended' : 'live';
  }

  /** The device gives no sound, as one whose switch is off. */
  muted = false;

  constructor(label = 'fake microphone') {
    super();
    this.label = label;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.label };
  }

  stop(): void {
    this.stopped = true;
  }

  /** The device is pulled out. */
  unplug(): void {
    this.stopped = true;
    this.dispatchEvent(new Event('ended'));
  }

  /** Node has no such class to extend. */
  asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}
