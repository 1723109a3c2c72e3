/** The ports of the SDK: everything outside it that a call uses. Tests replace them. */
import { browserAudioContext } from './audio/level-meter.js';
import { loadMedia } from './media/load-media.js';
import type { MediaEngine } from './media/media-port.js';
import { browserMicrophone } from './microphone/browser-microphone.js';
import type { MicrophonePort } from './microphone/microphone-port.js';
import { browserPage } from './page/browser-page.js';
import type { PagePort } from './page/page-port.js';

/** The ports of a call. */
export interface CallPorts {
  loadMedia: () => Promise<MediaEngine>;
  microphone: MicrophonePort;
  page: PagePort;
  createAudioContext: () => AudioContext | null;
}

/** The ports in a browser. */
export const browserPorts: CallPorts = {
  loadMedia,
  microphone: browserMicrophone,
  page: browserPage,
  createAudioContext: browserAudioContext,
};
