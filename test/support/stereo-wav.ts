/** Reads a stereo recording and measures how loud each side is in a stretch of time. */

/** A decoded 16-bit stereo file. */
export interface StereoWav {
  sampleRate: number;
  durationMs: number;
  left: Int16Array;
  right: Int16Array;
}

/** Throws when it is no 16-bit stereo WAV. */
export function readStereoWav(bytes: Uint8Array): StereoWav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') throw new Error('not a WAV file');
  let at = 12;
  let channels = 0;
  let sampleRate = 0;
  while (at + 8 <= bytes.length) {
    const name = word(at);
    const size = view.getUint32(at + 4, true);
    if (name === 'fmt ') {
      channels = view.getUint16(at + 10, true);
      sampleRate = view.getUint32(at + 12, true);
      if (view.getUint16(at + 22, true) !== 16) throw new Error('not 16 bit');
    }
    if (name === 'data') {
      if (channels !== 2) throw new Error(`${channels} channels`);
      const frames = Math.floor(Math.min(size, bytes.length - at - 8) / 4);
      const left = new Int16Array(frames);
      const right = new Int16Array(frames);
      for (let frame = 0; frame < frames; frame += 1) {
        left[frame] = view.getInt16(at + 8 + frame * 4, true);
        right[frame] = view.getInt16(at + 10 + frame * 4, true);
      }
      return { sampleRate, durationMs: (frames / sampleRate) * 1000, left, right };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('no audio in the file');
}

/** Root mean square between two times, 0 to 1. */
export function loudness(
  samples: Int16Array,
  sampleRate: number,
  fromMs: number,
  toMs: number,
): number {
  const from = Math.max(0, Math.round((fromMs / 1000) * sampleRate));
  const part = samples.subarray(from, Math.round((toMs / 1000) * sampleRate));
  if (part.length === 0) return 0;
  let sum = 0;
  for (const sample of part) sum += (sample / 32_768) ** 2;
  return Math.sqrt(sum / part.length);
}
