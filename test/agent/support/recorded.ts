/** The recording that an agent handed in, chunk by chunk. */
import { loudness } from '../../support/stereo-wav.js';
import type { ToldCall } from './fake-jobs-server.js';

/** Both sides, and when the first sample was heard. */
export interface Recorded {
  sampleRate: number;
  startedAt: number;
  caller: Int16Array;
  agent: Int16Array;
}

/** Puts the chunks together. Throws when there are none. */
export function readChunks({ chunks, recordingHeaders }: ToldCall): Recorded {
  if (!recordingHeaders) throw new Error('no recording was handed in');
  const bytes = Buffer.concat(chunks);
  const frames = Math.floor(bytes.length / 4);
  const caller = new Int16Array(frames);
  const agent = new Int16Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    caller[frame] = bytes.readInt16LE(frame * 4);
    agent[frame] = bytes.readInt16LE(frame * 4 + 2);
  }
  return {
    sampleRate: Number(recordingHeaders['x-sample-rate']),
    startedAt: Date.parse(String(recordingHeaders['x-started-at'])),
    caller,
    agent,
  };
}

/** Root mean square of one side between two times of the clock, 0 to 1. */
export function recordedLoudness(
  recording: Recorded,
  side: 'caller' | 'agent',
  from: number,
  to: number,
): number {
  const { startedAt, sampleRate } = recording;
  return loudness(recording[side], sampleRate, from - startedAt, to - startedAt);
}
