/** When rooms close by themselves, and what keeps them open. */
import { RoomServiceClient } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { openSignal } from './support/raw-socket.js';

const ROOM_CLOSED = 10;

describeMediaServers('the end of rooms', (server) => {
  const api = (): RoomServiceClient => new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);
  const isOpen = async (room: string): Promise<boolean> =>
    (await api().listRooms([room])).length === 1;
  /** Resolves with the milliseconds until the room was gone. */
  const gone = async (room: string): Promise<number> => {
    const began = Date.now();
    await waitFor(async () => !(await isOpen(room)), {
      timeoutMs: 20_000,
      what: `the end of ${room}`,
    });
    return Date.now() - began;
  };
  const waitOut = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  test.concurrent('nobody comes: after its empty timeout', async () => {
    const made = Date.now();
    await api().createRoom({ name: 'empty', emptyTimeout: 2, departureTimeout: 60 });
    const ms = await gone('empty');
    // Times are counted in whole seconds, and looked at once a second.
    expect(Date.now() - made).toBeGreaterThan(900);
    expect(ms).toBeLessThan(4500);
    await waitFor(() => server().webhooks.story('empty').includes('room_finished'));
  });

  test.concurrent('everybody has left: after its departure timeout', async () => {
    await api().createRoom({ name: 'left', emptyTimeout: 60, departureTimeout: 2 });
    const caller = await NodePeer.join(server().wsUrl, 'left', 'caller');
    await waitFor(() => server().webhooks.story('left').includes('participant_joined caller'));
    const leaves = Date.now();
    await caller.leave();
    const ms = await gone('left');
    // It has left some time before its library has done so.
    expect(Date.now() - leaves).toBeGreaterThan(900);
    expect(ms).toBeLessThan(4500);
  });

  test.concurrent('an agent does not keep it open, and is told that it was closed', async () => {
    const timeouts = { roomConfig: { emptyTimeout: 60, departureTimeout: 2 } };
    const caller = await NodePeer.join(server().wsUrl, 'agent', 'caller', timeouts);
    const agent = await NodePeer.join(server().wsUrl, 'agent', 'agent', { kind: 'agent' });
    await waitFor(() => agent.room.remoteParticipants.size === 1);
    await caller.leave();
    await gone('agent');
    expect(await agent.disconnected).toBe(ROOM_CLOSED);
  });

  test.concurrent('somebody comes back in time: the room is the same', async () => {
    // Longer than a busy machine takes to join again.
    const timeouts = { roomConfig: { departureTimeout: 10 } };
    const first = await NodePeer.join(server().wsUrl, 'back', 'caller', timeouts);
    const sid = (await api().listRooms(['back']))[0]?.sid;
    await first.leave();
    const second = await NodePeer.join(server().wsUrl, 'back', 'caller', timeouts);
    await waitOut(11_500);
    expect((await api().listRooms(['back']))[0]?.sid).toBe(sid);
    await second.leave();
    await gone('back');
    const third = await NodePeer.join(server().wsUrl, 'back', 'caller', timeouts);
    expect((await api().listRooms(['back']))[0]?.sid).not.toBe(sid);
    await third.leave();
  });

  test.concurrent('a room stays for those who are in it', async () => {
    const timeouts = { roomConfig: { emptyTimeout: 1, departureTimeout: 1 } };
    const one = await NodePeer.join(server().wsUrl, 'stays', 'one', timeouts);
    const two = await NodePeer.join(server().wsUrl, 'stays', 'two');
    await one.leave();
    await waitOut(3500);
    expect(two.room.isConnected).toBe(true);
    expect(await isOpen('stays')).toBe(true);
    await two.leave();
    await gone('stays');
  });

  test.concurrent('the timeouts of a later token are not taken over', async () => {
    await api().createRoom({ name: 'kept', emptyTimeout: 60, departureTimeout: 2 });
    const timeouts = { roomConfig: { emptyTimeout: 90, departureTimeout: 90 } };
    const caller = await NodePeer.join(server().wsUrl, 'kept', 'caller', timeouts);
    expect((await api().listRooms(['kept']))[0]).toMatchObject({
      emptyTimeout: 60,
      departureTimeout: 2,
    });
    await caller.leave();
    await gone('kept');
  });

  test.concurrent('an agent that comes first and alone does not keep it open either', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'alone', 'agent', {
      kind: 'agent',
      roomConfig: { emptyTimeout: 2, departureTimeout: 60 },
    });
    expect(await agent.disconnected).toBe(ROOM_CLOSED);
    expect(await isOpen('alone')).toBe(false);
  });

  test.concurrent(
    'a caller whose socket closes before it is connected counts as gone',
    async () => {
      const timeouts = { emptyTimeout: 2, departureTimeout: 2 };
      await api().createRoom({ name: 'ghost', ...timeouts });
      const socket = await openSignal(server(), 'ghost', 'ghost');
      await waitFor(async () => (await api().listParticipants('ghost')).length === 1);
      socket.terminate();
      await waitFor(async () => (await api().listParticipants('ghost')).length === 0);
      await gone('ghost');
    },
  );
});
