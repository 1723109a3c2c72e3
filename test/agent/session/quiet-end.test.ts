/** What an agent tells a room that is closing: no fault, while everything else that fails is one. */
import { EventEmitter } from 'node:events';
import { TrackPublishOptions } from '@livekit/rtc-node';
import type { LocalTrack, Room } from '@livekit/rtc-node';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { endQuietly } from '../../../server/agent/session/quiet-end.js';

/** A room in which nothing can be told any more, or everything. */
class TornRoom extends EventEmitter {
  fails = true;
  readonly told: string[] = [];
  readonly #act = async (what: string): Promise<void> => {
    await Promise.resolve();
    if (this.fails) throw new Error('engine is closed');
    this.told.push(what);
  };
  readonly localParticipant = {
    publishTranscription: () => this.#act('transcription'),
    setAttributes: () => this.#act('attributes'),
    publishTrack: () => this.#act('track'),
    streamText: async () => {
      await this.#act('stream');
      return { write: () => this.#act('write'), close: () => this.#act('close') };
    },
  };

  close(): void {
    this.emit('disconnected', 2);
  }
}

let room: TornRoom;
let me: NonNullable<Room['localParticipant']>;
let muted: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  room = new TornRoom();
  muted = [];
  endQuietly(room as unknown as Room, (error) => muted.push(error));
  me = (room as unknown as Room).localParticipant as typeof me;
});
afterEach(() => {
  vi.useRealTimers();
});

const all = (): Promise<unknown>[] => [
  me.publishTranscription({ segments: [], participantIdentity: '', trackSid: '' }),
  me.setAttributes({}),
  me.streamText({}),
];

it('is no fault of a room that closes, before it says so or after', async () => {
  const early = Promise.all(all());
  await vi.advanceTimersByTimeAsync(500);
  room.close();
  await early;
  await Promise.all(all());
  const writer = await me.streamText({});
  await writer.write('nobody reads this');
  await writer.close();
});

it('is no fault in the middle of a stream', async () => {
  room.fails = false;
  const writer = await me.streamText({});
  await writer.write('Hello');
  room.fails = true;
  room.close();
  await writer.write(' there');
  await writer.close();
  expect(room.told).toEqual(['stream', 'write']);
});

it('is one of a room that stays open', async () => {
  const failed = Promise.allSettled(all());
  await vi.advanceTimersByTimeAsync(1_000);
  for (const { status } of await failed) expect(status).toBe('rejected');
  room.fails = false;
  await me.setAttributes({});
  expect(room.told).toEqual(['attributes']);
});

it('tells when the voice cannot be published in a room that stays open, which the framework does not', async () => {
  const publish = (): Promise<unknown> =>
    me.publishTrack({} as LocalTrack, new TrackPublishOptions());
  const failed = Promise.allSettled([publish()]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await failed)[0]?.status).toBe('rejected');
  expect(muted).toEqual([new Error('engine is closed')]);
  const closing = Promise.allSettled([publish()]);
  room.close();
  expect((await closing)[0]?.status).toBe('rejected');
  expect(muted).toHaveLength(1);
});
