/** Microphones that open after a while, or refuse. */
import type { CallError } from '../../sdk/error/call-error.js';
import type { MicrophonePort } from '../../sdk/microphone/microphone-port.js';
import type { AudioOptions } from '../../sdk/options.js';
import { FakeTrack } from './fake-track.js';
import { ticks } from '../support/ticks.js';

/** `MicrophonePort` without hardware. */
export class FakeMicrophone implements MicrophonePort {
  readonly opened: FakeTrack[] = [];
  readonly asked: { audio: AudioOptions; exact: boolean }[] = [];
  readonly listeners = new Set<() => void>();
  refusal: CallError | null = null;
  /** Why this page can have none at all. */
  missing: CallError | null = null;
  delay = 3;
  /** Whether the visitor has allowed it before. */
  allowed = false;
  /** Waits for this, too, when set: a visitor who thinks. */
  answer: Promise<void> | null = null;

  check(): void {
    if (this.missing) throw this.missing;
  }

  async open(audio: AudioOptions, exact: boolean): Promise<MediaStreamTrack> {
    this.asked.push({ audio, exact });
    await ticks(this.delay);
    await this.answer;
    if (this.refusal) throw this.refusal;
    const track = new FakeTrack(audio.deviceId ?? 'default');
    this.opened.push(track);
    return track.asTrack();
  }

  isAllowed(): Promise<boolean> {
    return Promise.resolve(this.allowed);
  }

  devices(): Promise<MediaDeviceInfo[]> {
    const device = (kind: MediaDeviceKind, deviceId: string) =>
      ({ kind, deviceId, label: deviceId, groupId: '', toJSON: () => null }) as MediaDeviceInfo;
    return Promise.resolve([
      device('audioinput', 'mic-1'),
      device('videoinput', 'camera'),
      device('audiooutput', 'speaker-1'),
    ]);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get live(): FakeTrack[] {
    return this.opened.filter((track) => !track.stopped);
  }
}
