/** Everything outside the SDK that a call touches; each can be replaced in tests. */
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

/** The browser's. */
export const browserPorts: CallPorts = {
  loadMedia,
  microphone: browserMicrophone,
  page: browserPage,
  createAudioContext: browserAudioContext,
};
