/** What the SDK needs of the machine's audio devices. */
import type { AudioOptions } from '../options.js';

/** The browser's devices, or a test's. */
export interface MicrophonePort {
  /** Opens a microphone. `exact` insists on `deviceId`. Rejects with `CallError`. */
  open(audio: AudioOptions, exact: boolean): Promise<MediaStreamTrack>;
  /** Everything that is plugged in. */
  devices(): Promise<MediaDeviceInfo[]>;
  /** Calls back when something is plugged in or out; returns how to stop that. */
  onChange(listener: () => void): () => void;
}
