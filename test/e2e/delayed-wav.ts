/** Puts silence before and after a spoken file, because Chromium plays it once from the opening of the microphone. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Writes 16 kHz mono 16-bit audio to `target` and returns its path. */
export function delayedWav(source: string, beforeMs: number, target: string): string {
  const input = readFileSync(source);
  const at = input.indexOf('data') + 8;
  const audio = input.subarray(at, at + input.readUInt32LE(at - 4));
  const before = Buffer.alloc(Math.round(beforeMs * 16) * 2);
  const after = Buffer.alloc(16_000 * 2 * 60);
  const size = before.length + audio.length + after.length;
  const header = Buffer.from(input.subarray(0, at));
  header.writeUInt32LE(at - 8 + size, 4);
  header.writeUInt32LE(size, at - 4);
  writeFileSync(target, Buffer.concat([header, before, audio, after]));
  return target;
}
