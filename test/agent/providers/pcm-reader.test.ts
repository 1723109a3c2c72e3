/** Sound that comes in pieces of any length. */
import { expect, it } from 'vitest';
import { PcmReader } from '../../../server/agent/providers/pcm-reader.js';

const RATE = 24_000;

function wav(length: number): Buffer {
  const bytes = Buffer.alloc(44 + length);
  bytes.write('RIFF    WAVEfmt \x10\0\0\0\x01\0\x01\0', 'latin1');
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(length, 40);
  return bytes;
}

it.each([30, 43, 44, 70_000])('is taken whole however it is cut: after %i bytes', (cut) => {
  const bytes = wav(140_000);
  const reader = new PcmReader('audio/wav');
  const first = reader.read(bytes.subarray(0, cut)).length;
  expect(reader.isComplete).toBe(false);
  expect(first + reader.read(bytes.subarray(cut)).length).toBe(70_000);
  expect([reader.rate, reader.isComplete]).toEqual([RATE, true]);
});

it('is complete where half a sample is left', () => {
  const reader = new PcmReader('audio/wav');
  expect(reader.read(wav(9)).length).toBe(4);
  expect(reader.isComplete).toBe(true);
});
