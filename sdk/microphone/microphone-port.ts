/** The port of the audio devices. */
import type { AudioOptions } from '../options.js';

/** The audio devices of the browser, or of a test. */
export interface MicrophonePort {
  /** Throws `CallError` where the browser has no microphone for this page, whoever allows it. */
  check(): void;
  /** Opens a microphone. `exact`: only the one of `deviceId` will do. Rejects with `CallError`. */
  open(audio: AudioOptions, exact: boolean): Promise<MediaStreamTrack>;
  /** Whether the visitor has allowed it before, so that it opens without a question. */
  isAllowed(): Promise<boolean>;
  /** All audio devices. */
  devices(): Promise<MediaDeviceInfo[]>;
  /** Calls back when a device is added or removed; returns a function that ends this. */
  onChange(listener: () => void): () => void;
}
