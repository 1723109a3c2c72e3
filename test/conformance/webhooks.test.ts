/** Webhooks: which come, in what order, signed how, and when they are tried again. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { DisconnectReason } from '@livekit/protocol';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import type { WebhookEvent } from 'livekit-server-sdk';
import { afterAll, describe, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { closed, openSignal } from './support/raw-socket.js';
import type { SinkAnswer } from './support/webhook-sink.js';

const SHORT = { roomConfig: { departureTimeout: 1 } };

describeMediaServers('webhooks', (server) => {
  const api = (): RoomServiceClient => new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);
  const finished = (room: string, timeoutMs = 10_000): Promise<boolean> =>
    waitFor(() => server().webhooks.story(room).at(-1) === 'room_finished', {
      what: `the end of ${room}`,
      timeoutMs,
    });
  const find = (room: string, event: string, identity?: string): WebhookEvent | undefined =>
    server()
      .webhooks.of(room)
      .find((one) => one.event === event && (!identity || one.participant?.identity === identity));

  afterAll(() => {
    expect(server().webhooks.faults).toEqual([]);
  });

  describe('what they tell', () => {
    test.concurrent('a call of a caller and an agent, from the first join to the end', async () => {
      const caller = await NodePeer.join(server().wsUrl, 'call', 'caller', {
        ...SHORT,
        metadata: 'about',
        attributes: { a: 'b' },
      });
      await waitFor(() => find('call', 'participant_joined', 'caller'));
      const publication = await caller.playTone(440);
      await waitFor(() => find('call', 'track_published', 'caller'));
      const agent = await NodePeer.join(server().wsUrl, 'call', 'agent', { kind: 'agent' });
      await waitFor(() => find('call', 'participant_joined', 'agent'));
      await caller.leave();
      await finished('call');
      expect(server().webhooks.story('call')).toEqual([
        'room_started',
        'participant_joined caller',
        'track_published caller',
        'participant_joined agent',
        'track_unpublished caller',
        'participant_left caller',
        'participant_left agent',
        'room_finished',
      ]);
      const sid = find('call', 'room_started')?.room?.sid;
      expect(sid).toMatch(/^RM_/);
      expect(
        server()
          .webhooks.of('call')
          .every((one) => one.room?.sid === sid),
      ).toBe(true);
      expect(find('call', 'room_started')?.room).toMatchObject({
        name: 'call',
        departureTimeout: 1,
      });
      const joined = find('call', 'participant_joined', 'caller')?.participant;
      expect(joined).toMatchObject({
        identity: 'caller',
        name: 'caller',
        state: 2,
        metadata: 'about',
        attributes: { a: 'b' },
        kind: 0,
      });
      expect(joined?.sid).toMatch(/^PA_/);
      expect(find('call', 'participant_joined', 'agent')?.participant?.kind).toBe(4);
      const published = find('call', 'track_published');
      expect(published?.participant).toMatchObject({ sid: joined?.sid, identity: 'caller' });
      expect(published?.track).toMatchObject({ sid: publication.sid, type: 0, source: 2 });
      const left = find('call', 'participant_left', 'caller')?.participant;
      expect(left).toMatchObject({ sid: joined?.sid, disconnectReason: 1, state: 3 });
      expect(find('call', 'participant_left', 'agent')?.participant?.disconnectReason).toBe(10);
      await agent.leave();
    });

    test.concurrent('somebody who never got a connection', async () => {
      const socket = await openSignal(server(), 'aborted', 'ghost');
      await waitFor(() => find('aborted', 'room_started'));
      socket.close();
      await closed(socket);
      await waitFor(() => find('aborted', 'participant_connection_aborted', 'ghost'));
      await api().deleteRoom('aborted');
      await finished('aborted');
      expect(server().webhooks.story('aborted')).toEqual([
        'room_started',
        'participant_connection_aborted ghost',
        'room_finished',
      ]);
    });

    test.concurrent('somebody replaced by itself before it got a connection', async () => {
      const first = await openSignal(server(), 'replaced', 'ghost');
      await waitFor(() => find('replaced', 'room_started'));
      const second = await openSignal(server(), 'replaced', 'ghost');
      await closed(first);
      await waitFor(() => find('replaced', 'participant_connection_aborted', 'ghost'));
      const aborted = find('replaced', 'participant_connection_aborted')?.participant;
      expect(aborted?.disconnectReason).toBe(DisconnectReason.DUPLICATE_IDENTITY);
      expect(second.readyState).toBe(second.OPEN);
      await api().deleteRoom('replaced');
      await finished('replaced');
    });

    test.concurrent('a removal and the deletion of the room', async () => {
      const [one, two] = await Promise.all([
        NodePeer.join(server().wsUrl, 'ends', 'one', SHORT),
        NodePeer.join(server().wsUrl, 'ends', 'two', SHORT),
      ]);
      await waitFor(() => find('ends', 'participant_joined', 'one'));
      await waitFor(() => find('ends', 'participant_joined', 'two'));
      await api().removeParticipant('ends', 'one');
      expect(await one.disconnected).toBe(4);
      await waitFor(() => find('ends', 'participant_left', 'one'));
      await api().deleteRoom('ends');
      expect(await two.disconnected).toBe(5);
      await finished('ends');
      expect(server().webhooks.story('ends').slice(-3)).toEqual([
        'participant_left one',
        'participant_left two',
        'room_finished',
      ]);
      expect(find('ends', 'participant_left', 'one')?.participant?.disconnectReason).toBe(4);
      expect(find('ends', 'participant_left', 'two')?.participant?.disconnectReason).toBe(5);
    });

    test.concurrent('a second join under the same identity, which puts out the first', async () => {
      const one = await NodePeer.join(server().wsUrl, 'twice', 'same', SHORT);
      await waitFor(() => find('twice', 'participant_joined'));
      const two = await NodePeer.join(server().wsUrl, 'twice', 'same', SHORT);
      expect(await one.disconnected).toBe(2);
      await waitFor(() => server().webhooks.story('twice').length === 4);
      const story = server().webhooks.of('twice');
      expect(story.map((event) => event.event)).toEqual([
        'room_started',
        'participant_joined',
        'participant_left',
        'participant_joined',
      ]);
      const sids = story.map((event) => event.participant?.sid);
      expect(sids[1]).toBe(sids[2]);
      expect(sids[3]).not.toBe(sids[1]);
      expect(story[2]?.participant?.disconnectReason).toBe(2);
      await two.leave();
    });

    test.concurrent('a room that is only made, by either API', async () => {
      await api().createRoom({ name: 'made', metadata: 'm' });
      const dispatches = new AgentDispatchClient(server().httpUrl, API_KEY, API_SECRET);
      await dispatches.createDispatch('sent', 'nobody');
      await Promise.all([api().deleteRoom('made'), api().deleteRoom('sent')]);
      await Promise.all([finished('made'), finished('sent')]);
      for (const room of ['made', 'sent']) {
        expect(server().webhooks.story(room)).toEqual(['room_started', 'room_finished']);
      }
      expect(find('made', 'room_started')?.room?.metadata).toBe('m');
    });
  });

  describe('how they come', () => {
    test.concurrent('signed: a JWT of the key with the hash of the very body', async () => {
      await api().createRoom({ name: 'signed', metadata: 'Grüße' });
      const [attempt] = await waitFor(() => {
        const tried = server().webhooks.tried('signed');
        return tried.length > 0 ? tried : null;
      });
      const { authorization = '', 'content-type': type } = attempt?.headers ?? {};
      expect(type).toBe('application/webhook+json');
      expect(decodeProtectedHeader(authorization)).toMatchObject({ alg: 'HS256' });
      const { payload } = await jwtVerify(authorization, new TextEncoder().encode(API_SECRET));
      expect(payload.iss).toBe(API_KEY);
      const body = attempt?.body ?? '';
      expect(payload['sha256']).toBe(createHash('sha256').update(body).digest('base64'));
      const life = (payload.exp ?? 0) - (payload.nbf ?? 0);
      expect(life).toBe(300);
      const json = JSON.parse(body) as Record<string, unknown>;
      expect(Object.keys(json).sort()).toEqual(['createdAt', 'event', 'id', 'room']);
      expect(json['id']).toMatch(/^EV_/);
      expect(json['createdAt']).toMatch(/^\d{10}$/);
      expect(json['room']).toMatchObject({ name: 'signed', metadata: 'Grüße', emptyTimeout: 300 });
      expect(json['room']).not.toHaveProperty('numParticipants');
      await api().deleteRoom('signed');
    });

    const once: [string, SinkAnswer][] = [
      ['204', 204],
      ['400', 400],
      ['404', 404],
      ['501', 501],
    ];
    test.concurrent.each(once)('%s counts as delivered', async (name, answer) => {
      const room = `once-${name}`;
      server().webhooks.answers.set(room, [answer]);
      await api().createRoom({ name: room });
      await api().deleteRoom(room);
      await finished(room);
      expect(
        server()
          .webhooks.tried(room)
          .map((one) => one.event),
      ).toEqual(['room_started', 'room_finished']);
    });

    const again: [string, SinkAnswer][] = [
      ['500', 500],
      ['503', 503],
      ['429', 429],
      ['a cut connection', 'drop'],
    ];
    test.concurrent.each(again)(
      'after %s the same event comes again, before the next',
      async (name, answer) => {
        const room = `again-${name}`;
        server().webhooks.answers.set(room, [answer, answer]);
        await api().createRoom({ name: room });
        await api().deleteRoom(room);
        await finished(room);
        const tried = server().webhooks.tried(room);
        expect(tried.map((one) => one.event)).toEqual([
          ...['room_started', 'room_started', 'room_started', 'room_finished'],
        ]);
        expect(new Set(tried.slice(0, 3).map((one) => one.id + one.body)).size).toBe(1);
        const waits = [1, 2].map((at) => (tried[at]?.at ?? 0) - (tried[at - 1]?.at ?? 0));
        expect(waits[0]).toBeGreaterThan(900);
        expect(waits[0]).toBeLessThan(1900);
        expect(waits[1]).toBeGreaterThan(1900);
        expect(waits[1]).toBeLessThan(3900);
      },
    );

    test.concurrent(
      'an event is given up after its fifth try, and the next one comes',
      async () => {
        server().webhooks.answers.set('given-up', [500, 500, 500, 500, 500]);
        await api().createRoom({ name: 'given-up' });
        await api().deleteRoom('given-up');
        await finished('given-up', 30_000);
        const tried = server().webhooks.tried('given-up');
        const events = [...Array<string>(5).fill('room_started'), 'room_finished'];
        expect(tried.map((one) => one.event)).toEqual(events);
        expect(server().webhooks.story('given-up')).toEqual(['room_finished']);
      },
    );

    test.concurrent('a receiver that says when to come back is not asked earlier', async () => {
      const answer = (response: ServerResponse): void => {
        response.writeHead(503, { 'retry-after': '3' }).end();
      };
      server().webhooks.answers.set('later', [answer]);
      await api().createRoom({ name: 'later' });
      const tried = (): number[] =>
        server()
          .webhooks.tried('later')
          .map((one) => one.at);
      await waitFor(() => tried().length === 2);
      expect((tried()[1] ?? 0) - (tried()[0] ?? 0)).toBeGreaterThan(2900);
      await api().deleteRoom('later');
    });

    test.concurrent('a slow receiver holds up its own room only', async () => {
      const slow = (response: ServerResponse): void => {
        setTimeout(() => response.end(), 2500);
      };
      server().webhooks.answers.set('slow', [slow]);
      for (const name of ['slow', 'quick']) await api().createRoom({ name });
      for (const name of ['slow', 'quick']) await api().deleteRoom(name);
      await finished('quick', 2000);
      expect(
        server()
          .webhooks.tried('slow')
          .map((one) => one.event),
      ).toEqual(['room_started']);
      await waitFor(() => server().webhooks.tried('slow').length === 2);
    });

    test('a receiver that is down for a moment misses nothing', async () => {
      await server().webhooks.pause();
      for (const name of ['down-1', 'down-2']) await api().createRoom({ name });
      for (const name of ['down-1', 'down-2']) await api().deleteRoom(name);
      await server().webhooks.resume();
      await Promise.all([finished('down-1'), finished('down-2')]);
      for (const room of ['down-1', 'down-2']) {
        expect(server().webhooks.story(room)).toEqual(['room_started', 'room_finished']);
      }
    });
  });
});
