/** Finds a voice in held sound by its loudness: enough to wait for words, and to know when they were said. */
import type { Sound } from './caller-audio.js';

/** Root mean square of 16-bit samples. */
const LOUD = 300;
/** Less is a click, or the very begin of a word. */
const SHORTEST_MS = 60;
/** So much silence behind it means that it is over. */
const OVER_MS = 300;

/** Moments of this clock, in milliseconds. */
export interface Voice {
  from: number;
  until: number;
  /** Whether it had stopped before the sound did. */
  isOver: boolean;
}

/** `null` where nobody spoke. */
export function findVoice(sounds: readonly Sound[]): Voice | null {
  const loud = sounds.filter((sound) => loudness(sound) > LOUD);
  const [first] = loud;
  const [last, end] = [loud.at(-1), sounds.at(-1)];
  const ms = loud.reduce((sum, sound) => sum + lengthMs(sound), 0);
  if (!first || !last || !end || ms < SHORTEST_MS) return null;
  const until = last.at + lengthMs(last);
  return { from: first.at, until, isOver: end.at + lengthMs(end) - until > OVER_MS };
}

function lengthMs({ frame }: Sound): number {
  return (frame.samplesPerChannel / frame.sampleRate) * 1000;
}

function loudness({ frame }: Sound): number {
  let sum = 0;
  for (const sample of frame.data) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, frame.data.length));
}
