/** How an agent joins its room. */
import type { JobContext } from '@livekit/agents';
import { AutoSubscribe } from '@livekit/agents';
import { expect, it } from 'vitest';
import { connectBounded } from '../../../server/agent/session/start-in-room.js';

it('is told of no track before its connection is there, since that lets the media library wait for itself', async () => {
  const joined: object[] = [];
  const room = {
    connect: (_url: string, _token: string, options: object) => {
      joined.push(options);
      return Promise.resolve();
    },
  };
  // As the framework connects: it asks for the tracks of audio itself once the room is joined.
  const ctx = {
    room,
    connect: async (_: undefined, wanted: AutoSubscribe) => {
      expect(wanted).toBe(AutoSubscribe.AUDIO_ONLY);
      const autoSubscribe = wanted === AutoSubscribe.SUBSCRIBE_ALL;
      await room.connect('ws://127.0.0.1', 'token', { autoSubscribe, dynacast: false });
    },
  };
  await connectBounded(ctx as unknown as JobContext, (error) => expect.fail(String(error)));
  expect(joined).toEqual([
    { autoSubscribe: false, dynacast: false, dataStream: { maxPayloadByteLength: 262_144 } },
  ]);
});
