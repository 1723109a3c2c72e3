/** Opens the browser's microphones. */
import { CallError } from '../error/call-error.js';
import type { AudioOptions } from '../options.js';
import { microphoneError } from './microphone-error.js';
import type { MicrophonePort } from './microphone-port.js';
import { permissionState } from './permission-state.js';

/** `MicrophonePort` over `navigator.mediaDevices`. */
export const browserMicrophone: MicrophonePort = {
  check() {
    if (mediaDevices()) return;
    throw new CallError(globalThis.isSecureContext ? 'unsupported_browser' : 'insecure_context');
  },
  async open(audio, exact) {
    this.check();
    try {
      const wanted = { audio: constraints(audio, exact), video: false };
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      const [track, ...rest] = stream.getAudioTracks();
      for (const extra of rest) extra.stop();
      if (!track) throw new CallError('microphone_not_found');
      return track;
    } catch (cause) {
      throw await microphoneError(cause);
    }
  },
  async isAllowed() {
    return (await permissionState()) === 'granted';
  },
  async devices() {
    return (await mediaDevices()?.enumerateDevices()) ?? [];
  },
  onChange(listener) {
    const media = mediaDevices();
    media?.addEventListener('devicechange', listener);
    return () => media?.removeEventListener('devicechange', listener);
  },
};

/** `undefined` on insecure pages (HTTP), whatever TypeScript's types say. */
function mediaDevices(): MediaDevices | undefined {
  return globalThis.navigator?.mediaDevices;
}

function constraints(audio: AudioOptions, exact: boolean): MediaTrackConstraints {
  const wanted: MediaTrackConstraints = {
    echoCancellation: audio.echoCancellation ?? true,
    noiseSuppression: audio.noiseSuppression ?? true,
    autoGainControl: audio.autoGainControl ?? true,
  };
  if (audio.deviceId) {
    wanted.deviceId = exact ? { exact: audio.deviceId } : { ideal: audio.deviceId };
  }
  return wanted;
}
