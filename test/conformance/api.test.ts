/** livekit-server-sdk, webhooks and bare HTTP, the ordinary ways. */
import { AccessToken, DataPacket_Kind, RoomServiceClient } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { joinToken } from './support/tokens.js';

describeMediaServers('the APIs', (server) => {
  const api = (): RoomServiceClient => new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);

  test('rooms are created, listed, described and deleted', async () => {
    const made = await api().createRoom({ name: 'plan', emptyTimeout: 30, metadata: 'm' });
    expect(made).toMatchObject({
      name: 'plan',
      emptyTimeout: 30,
      metadata: 'm',
      numParticipants: 0,
    });
    expect((await api().createRoom({ name: 'plan', metadata: 'other' })).metadata).toBe('m');
    expect((await api().listRooms(['plan'])).map((room) => room.name)).toEqual(['plan']);
    expect((await api().updateRoomMetadata('plan', 'new')).metadata).toBe('new');
    await api().deleteRoom('plan');
    expect(await api().listRooms(['plan'])).toEqual([]);
    await expect(api().deleteRoom('plan')).rejects.toMatchObject({
      status: 404,
      code: 'not_found',
    });
  });

  test('an address that ends with a slash is as good, for the APIs and for joining', async () => {
    const slashed = new RoomServiceClient(`${server().httpUrl}/`, API_KEY, API_SECRET);
    expect((await slashed.createRoom({ name: 'slashed' })).name).toBe('slashed');
    const path = '//twirp/livekit.RoomService/ListRooms';
    const grant = new AccessToken(API_KEY, API_SECRET);
    grant.addGrant({ roomList: true });
    const response = await fetch(`${server().httpUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await grant.toJwt()}`,
        'content-type': 'application/json',
      },
      body: '{"names":["slashed"]}',
    });
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { rooms: [{ name: 'slashed' }] },
    ]);
    const peer = await NodePeer.join(`${server().wsUrl}/`, 'slashed', 'caller');
    await peer.leave();
  });

  test('participants are listed, changed, sent data, muted and removed', async () => {
    const one = await NodePeer.join(server().wsUrl, 'people', 'one');
    const two = await NodePeer.join(server().wsUrl, 'people', 'two', {
      metadata: 'from the token',
    });
    const { sid } = await one.playTone(440);
    const listed = await api().listParticipants('people');
    expect(listed.map((who) => who.identity).sort()).toEqual(['one', 'two']);
    expect((await api().getParticipant('people', 'two')).metadata).toBe('from the token');
    await waitFor(async () => (await api().getParticipant('people', 'one')).tracks.length === 1);

    const data: string[] = [];
    two.room.on('dataReceived', (bytes, _who, _kind, topic) =>
      data.push(`${topic}: ${new TextDecoder().decode(bytes)}`),
    );
    await api().sendData('people', new TextEncoder().encode('hi'), DataPacket_Kind.RELIABLE, {
      topic: 'note',
      destinationIdentities: ['two'],
    });
    await waitFor(() => data[0] === 'note: hi', { what: 'data' });

    await api().updateParticipant('people', 'two', { metadata: 'new', attributes: { a: 'b' } });
    await waitFor(() => one.room.remoteParticipants.get('two')?.attributes['a'] === 'b');
    expect(one.room.remoteParticipants.get('two')?.metadata).toBe('new');

    const muted = await api().mutePublishedTrack('people', 'one', String(sid), true);
    expect(muted.muted).toBe(true);
    await api().removeParticipant('people', 'two');
    expect(await two.disconnected).toBe(4);
    await expect(api().getParticipant('people', 'two')).rejects.toMatchObject({ status: 404 });
    await one.leave();
  });

  test('webhooks tell the story of a room in order, through a receiver that fails at first', async () => {
    server().webhooks.fail = 1;
    const one = await NodePeer.join(server().wsUrl, 'story', 'one', {
      roomConfig: { departureTimeout: 1 },
    });
    await one.playTone(440);
    await waitFor(() => server().webhooks.story('story').includes('track_published one'));
    await one.leave();
    await waitFor(() => server().webhooks.story('story').includes('room_finished'), {
      timeoutMs: 8000,
    });
    expect(server().webhooks.story('story')).toEqual([
      'room_started',
      'participant_joined one',
      'track_published one',
      'track_unpublished one',
      'participant_left one',
      'room_finished',
    ]);
    const left = server().webhooks.events.find(
      (event) => event.event === 'participant_left' && event.room?.name === 'story',
    );
    expect(left?.participant?.disconnectReason).toBe(1);
    expect(new Set(server().webhooks.events.map((event) => event.id)).size).toBe(
      server().webhooks.events.length,
    );
  });

  test('tokens are checked: key, signature, expiry, grant, room', async () => {
    const validate = async (token: string): Promise<string> => {
      const url = `${server().httpUrl}/rtc/validate?access_token=${encodeURIComponent(token)}`;
      const response = await fetch(url);
      return `${response.status} ${await response.text()}`;
    };
    const make = (key: string, secret: string, ttl: number): Promise<string> => {
      const token = new AccessToken(key, secret, { identity: 'x', ttl });
      token.addGrant({ roomJoin: true, room: 'r' });
      return token.toJwt();
    };
    expect(await validate(await joinToken('r', 'x'))).toBe('200 success');
    expect(await validate(await make('other', API_SECRET, 60))).toMatch(/^401 invalid API key/);
    expect(await validate(await make(API_KEY, 'another-secret-of-32-characters-!!', 60))).toMatch(
      /^401/,
    );
    expect(await validate(await make(API_KEY, API_SECRET, -90))).toMatch(/^401/);
    expect(await validate(await joinToken('r', 'x', { grant: { roomJoin: false } }))).toBe(
      '401 permissions denied',
    );
    expect(await validate('junk')).toBe('401 invalid authorization token');
    expect(await validate('')).toBe('401 no permissions to access the room');
    const listOnly = new AccessToken(API_KEY, API_SECRET);
    listOnly.addGrant({ roomAdmin: true, room: 'elsewhere' });
    const refused = await fetch(`${server().httpUrl}/twirp/livekit.RoomService/ListParticipants`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await listOnly.toJwt()}`,
      },
      body: '{"room":"people"}',
    });
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({ code: 'unauthenticated', msg: 'permissions denied' });
  });

  test('a room admits no more than its maximum, agents not counted', async () => {
    const first = await NodePeer.join(server().wsUrl, 'full', 'one', {
      roomConfig: { maxParticipants: 1 },
    });
    await expect(NodePeer.join(server().wsUrl, 'full', 'two')).rejects.toThrow();
    const agent = await NodePeer.join(server().wsUrl, 'full', 'agent', { kind: 'agent' });
    await agent.leave();
    await first.leave();
  });
});
