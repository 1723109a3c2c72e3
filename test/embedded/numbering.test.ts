/** The numbers of a forwarded track: a receiver takes every gap in them for lost packets. */
import { expect, test } from 'vitest';
import { Numbering } from '../../server/embedded/media/numbering.js';

const SECOND = 48_000;

/** Forwards a packet; returns its numbers as a receiver sees them. */
function forward(numbering: Numbering, sequence: number, time: number, source = 1): number[] {
  const packet = Buffer.alloc(12);
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE(time >>> 0, 4);
  numbering.apply(packet, source);
  return [packet.readUInt16BE(2), packet.readUInt32BE(4)];
}

test('what nothing was left out of keeps its numbers, also late and over the end of the range', () => {
  const numbering = new Numbering();
  for (const [sequence, time] of [
    [65534, 960],
    [0, 2880],
    [65535, 1920],
    [1, 3840],
  ] as const) {
    expect(forward(numbering, sequence, time)).toEqual([sequence, time]);
  }
});

test('packets held back during a mute are no gap, and time goes on', () => {
  const numbering = new Numbering();
  forward(numbering, 65535, 0);
  for (let skipped = 0; skipped < 50; skipped += 1) numbering.skip();
  expect(forward(numbering, 50, SECOND)).toEqual([0, SECOND]);
  expect(forward(numbering, 51, SECOND + 960)).toEqual([1, SECOND + 960]);
  // One that was really lost stays lost.
  expect(forward(numbering, 53, SECOND + 2880)).toEqual([3, SECOND + 2880]);
});

test('another source goes on where the former has stopped', () => {
  const numbering = new Numbering();
  forward(numbering, 100, 5000);
  const [sequence, time] = forward(numbering, 40_000, 0xfffffff0, 2);
  expect(sequence).toBe(101);
  expect((time ?? 0) - 5000).toBeGreaterThanOrEqual(0);
  expect((time ?? 0) - 5000).toBeLessThan(SECOND);
  expect(forward(numbering, 40_001, 0xfffffff0 + 960, 2)).toEqual([102, (time ?? 0) + 960]);
});
