/** Speech from text by flite, on a thread of its own. */
import type { SpokenSentence, SpeakRequest } from './flite-thread.js';
import { openThread } from './open-thread.js';

/** Of flite's sound. */
export const FLITE_RATE = 16_000;

/** Speaks. */
export interface Flite {
  /** 16 kHz mono. `speed`: 0.25 to 4; 1 is the voice's own. */
  speak(text: string, voice: string, speed: number): Promise<Int16Array>;
  close(): Promise<void>;
}

/** The thread starts, and the voice is compiled there, with the first sentence. */
export function openFlite(open: typeof openThread = openThread): Flite {
  const url = new URL('./flite-thread.js', import.meta.url);
  const thread = open<Omit<SpeakRequest, 'id'>, SpokenSentence>(url);
  return {
    async speak(text, voice, speed) {
      return (await thread.ask({ text, voice, speed })).pcm;
    },
    close: thread.close,
  };
}
