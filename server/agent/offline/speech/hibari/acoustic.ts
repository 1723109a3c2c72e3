/** The acoustic network: phonemes in, what the vocoder needs of each frame out. */
import { readFile } from 'node:fs/promises';
import ort from 'onnxruntime-node';
import type { HibariFiles } from '../../models/model-files.js';
import { openSession } from './open-session.js';
import type { SpeechFrames } from './vocoder.js';

/** What the network can be told to do; beyond, it mumbles. */
const SLOWEST = 0.5;
const FASTEST = 2;

/** A whole phrase at once. `speed`: 1 is the voice's own. */
export type Acoustic = (phonemes: string, speed: number) => Promise<SpeechFrames>;

/** Throws when a file is missing or broken. */
export async function loadAcoustic(files: HibariFiles): Promise<Acoustic> {
  const text = await readFile(files.phonemes, 'utf8');
  const numbers = new Map(Object.entries(JSON.parse(text) as Record<string, number>));
  const network = await openSession(files.network);
  return async (phonemes, speed) => {
    const said = [...phonemes].flatMap((phoneme) => numbers.get(phoneme) ?? []);
    const ids = BigInt64Array.from([0, ...said, 0], BigInt);
    const pace = Math.min(FASTEST, Math.max(SLOWEST, speed));
    const output = await network.run({
      ids: new ort.Tensor('int64', ids, [1, ids.length]),
      speed: new ort.Tensor('float32', [pace], [1]),
    });
    const part = (name: string): Float32Array => output[name]?.data as Float32Array;
    return {
      frames: part('f0').length,
      harmonics: part('lh'),
      turn: part('theta'),
      noise: part('ln'),
      free: part('lr'),
      freePhase: part('phi'),
      pitch: part('f0'),
    };
  };
}
