/** The sound that a page sends ahead: taken once, from the caller, in bounds; the rest is put aside. */
import type { ByteStreamReader, RemoteTrackPublication, Room } from '@livekit/rtc-node';
import { TrackSource } from '@livekit/rtc-node';
import { beforeEach, expect, it } from 'vitest';
import { receiveEarly } from '../../../server/agent/caller/early-buffer.js';
import type { EarlyBuffer } from '../../../server/agent/caller/early-buffer.js';
import { ticks } from '../../support/ticks.js';

type Handler = (reader: ByteStreamReader, from: { identity: string }) => void;

const PCM = { mimeType: 'audio/pcm', attributes: { sampleRate: '16000', channels: '1' } };
const microphone = {
  source: TrackSource.SOURCE_MICROPHONE,
  info: { audioFeatures: [6] },
} as unknown as RemoteTrackPublication;

let handler: Handler;
let buffer: EarlyBuffer;
let closed: number;
let arrived: number;

beforeEach(() => {
  closed = 0;
  arrived = 0;
  const room = { registerByteStreamHandler: (_: string, given: Handler) => (handler = given) };
  buffer = receiveEarly(room as unknown as Room, 'caller', 16_000, () => (arrived += 1));
});

async function send(chunks: number[][], info: object = PCM, identity = 'caller'): Promise<void> {
  async function* read() {
    for (const chunk of chunks) yield Uint8Array.from(chunk);
  }
  const close = async () => void (closed += 1);
  const reader = { info, [Symbol.asyncIterator]: read, close };
  handler(reader as unknown as ByteStreamReader, { identity });
  await ticks(50);
}

it('is due while a microphone has announced it, and then is there', async () => {
  expect(buffer.isDue(microphone)).toBe(true);
  const silent = { ...microphone, info: { audioFeatures: [] } };
  expect(buffer.isDue(silent as unknown as RemoteTrackPublication)).toBe(false);
  await send([
    [1, 0, 2],
    [0, 255, 255, 9],
  ]);
  expect([...(buffer.samples() ?? [])]).toEqual([1, 2, -1]);
  expect([buffer.isDue(microphone), arrived]).toEqual([false, 1]);
});

it('is not taken from anybody else, and not twice', async () => {
  await send([[1, 0]], PCM, 'somebody');
  expect(buffer.samples()).toBe(null);
  await send([[2, 0]]);
  await send([[3, 0]]);
  expect([...(buffer.samples() ?? [])]).toEqual([2]);
  expect([closed, arrived]).toEqual([2, 1]);
});

it('holds eight seconds and no more', async () => {
  const second = Array.from({ length: 32_000 }, () => 1);
  await send(Array.from({ length: 20 }, () => second));
  expect(buffer.samples()).toHaveLength(8 * 16_000);
});

it.each([
  ['compressed', { ...PCM, mimeType: 'audio/webm;codecs=opus' }],
  ['of another rate', { ...PCM, attributes: { sampleRate: '48000', channels: '1' } }],
  ['of two channels', { ...PCM, attributes: { sampleRate: '16000', channels: '2' } }],
  ['of unknown shape', { mimeType: 'audio/pcm' }],
])('is empty where it is %s, and nobody waits for it', async (_, info) => {
  await send([[1, 0]], info);
  expect(buffer.samples()).toHaveLength(0);
  expect([buffer.isDue(microphone), arrived, closed]).toEqual([false, 1, 1]);
});
