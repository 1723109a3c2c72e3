/** What the detector cuts out of a caller's sound is that sound, from before the first word to after the last. */
import { readFileSync } from 'node:fs';
import { VADEventType, initializeLogger } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { expect, it } from 'vitest';
import { SpeechDetector } from '../../../server/agent/session/speech-detector.js';

const RATE = 16_000;
const WINDOW = 320;
const QUIET_SAMPLES = RATE;

initializeLogger({ pretty: false, level: 'silent' });

it.each(['af_heart-book', 'am_michael-bye', 'af_heart-status'])(
  'the phrases of %s are parts of what was said',
  async (name) => {
    const sound = withSilence(readWav(name));
    const phrases = await cut(sound);
    expect(phrases.length).toBeGreaterThan(0);
    for (const phrase of phrases) expect(indexOf(sound, phrase)).toBeGreaterThanOrEqual(0);
    const seconds = phrases.reduce((sum, phrase) => sum + phrase.length, 0) / RATE;
    expect(seconds).toBeGreaterThan((sound.length - 2 * QUIET_SAMPLES) / RATE - 0.3);
  },
);

/** Every phrase as a consumer finds it that comes late, when more sound has long gone in. */
async function cut(sound: Int16Array): Promise<Int16Array[]> {
  const detector = new SpeechDetector({
    model: 'silero',
    minSilenceDuration: 240,
    minSpeechDuration: 96,
    prefixPaddingDuration: 400,
  });
  const stream = detector.stream();
  for (let at = 0; at + WINDOW <= sound.length; at += WINDOW) {
    stream.pushFrame(new AudioFrame(sound.slice(at, at + WINDOW), RATE, 1, WINDOW));
  }
  const phrases: Int16Array[] = [];
  const windows = Math.floor((sound.length - (sound.length % WINDOW)) / 512);
  let heard = 0;
  for await (const event of stream) {
    if (event.type === VADEventType.INFERENCE_DONE) heard += 1;
    if (event.type === VADEventType.END_OF_SPEECH) {
      phrases.push(...event.frames.map((frame) => frame.data));
    }
    if (heard === windows) break;
  }
  stream.close();
  return phrases;
}

/** Faint noise around the speech, so that no place looks like another. */
function withSilence(speech: Int16Array): Int16Array {
  const sound = new Int16Array(speech.length + 2 * QUIET_SAMPLES);
  let seed = 1;
  for (let i = 0; i < sound.length; i += 1) {
    seed = (seed * 16_807) % 2_147_483_647;
    sound[i] = (seed % 7) - 3;
  }
  sound.set(speech, QUIET_SAMPLES);
  return sound;
}

function indexOf(sound: Int16Array, part: Int16Array): number {
  const bytes = (samples: Int16Array): Buffer =>
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return bytes(sound).indexOf(bytes(part));
}

function readWav(name: string): Int16Array {
  const bytes = readFileSync(new URL(`../../audio/${name}.wav`, import.meta.url));
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length));
}
