/** RoomService and AgentDispatchService over bare HTTP: what they answer, above all to what is wrong. */
import { DeleteRoomRequest, ListRoomsRequest, ListRoomsResponse } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import type { VideoGrant } from 'livekit-server-sdk';
import { describe, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import type { MediaServer } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';

type Json = Record<string, unknown>;

interface Call {
  grant?: VideoGrant | null;
  type?: string;
  method?: string;
  raw?: string | Uint8Array;
}

const ALL = { roomCreate: true, roomList: true, roomAdmin: true };
const NOT_FOUND = { status: 404, code: 'not_found' };
const NO_SERVER = { status: 503, code: 'unavailable', msg: 'no response from servers' };
const DENIED = { status: 401, code: 'unauthenticated', msg: 'permissions denied' };
const MALFORMED = {
  status: 400,
  code: 'malformed',
  msg: 'the json request could not be decoded',
};

/** Each verb with a request that is in order. */
const ROOM_VERBS: [string, Json][] = [
  ['CreateRoom', { name: 'x' }],
  ['ListRooms', {}],
  ['DeleteRoom', { room: 'x' }],
  ['ListParticipants', { room: 'x' }],
  ['GetParticipant', { room: 'x', identity: 'i' }],
  ['RemoveParticipant', { room: 'x', identity: 'i' }],
  ['UpdateParticipant', { room: 'x', identity: 'i', metadata: 'm' }],
  ['MutePublishedTrack', { room: 'x', identity: 'i', track_sid: 'TR_x', muted: true }],
  ['UpdateSubscriptions', { room: 'x', identity: 'i', track_sids: ['TR_x'] }],
  ['SendData', { room: 'x', data: 'aGk=' }],
  ['UpdateRoomMetadata', { room: 'x', metadata: 'm' }],
];
const DISPATCH_VERBS: [string, Json][] = [
  ['CreateDispatch', { room: 'x', agent_name: 'a' }],
  ['ListDispatch', { room: 'x' }],
  ['DeleteDispatch', { room: 'x', dispatch_id: 'AD_x' }],
];

describeMediaServers('RoomService', (server) => {
  const room = (verb: string, body: Json, options?: Call): Promise<Json> =>
    call(server(), `RoomService/${verb}`, body, options);
  const dispatch = (verb: string, body: Json, options?: Call): Promise<Json> =>
    call(server(), `AgentDispatchService/${verb}`, body, options);

  describe('grants', () => {
    test.each(ROOM_VERBS)('%s needs its own', async (verb, body) => {
      for (const grant of [
        null,
        {},
        { roomJoin: true, room: 'x' },
        { roomAdmin: true, room: 'y' },
      ]) {
        expect([grant, await room(verb, body, { grant })]).toEqual([grant, DENIED]);
      }
      const creates = verb === 'CreateRoom' || verb === 'DeleteRoom';
      if (!creates) expect(await room(verb, body, { grant: { roomCreate: true } })).toEqual(DENIED);
      if (verb === 'ListRooms') return;
      expect(await room(verb, body, { grant: { roomList: true } })).toEqual(DENIED);
      expect(await room(verb, body, { grant: { roomAdmin: true } })).toEqual(DENIED);
    });

    test.each(DISPATCH_VERBS)('%s needs the administration of the room', async (verb, body) => {
      for (const grant of [null, {}, { roomCreate: true }, { roomAdmin: true, room: 'y' }]) {
        expect([grant, await dispatch(verb, body, { grant })]).toEqual([grant, DENIED]);
      }
    });
  });

  describe('about what is not there', () => {
    const missing: [string, Json, Json][] = [
      ['DeleteRoom', { room: 'gone' }, NOT_FOUND],
      ['UpdateRoomMetadata', { room: 'gone', metadata: 'm' }, NOT_FOUND],
      ['GetParticipant', { room: 'gone', identity: 'i' }, NOT_FOUND],
      ['RemoveParticipant', { room: 'gone', identity: 'i' }, NOT_FOUND],
      ['UpdateParticipant', { room: 'gone', identity: 'i' }, NOT_FOUND],
      ['MutePublishedTrack', { room: 'gone', identity: 'i', track_sid: 'TR_x' }, NO_SERVER],
      ['UpdateSubscriptions', { room: 'gone', identity: 'i' }, NO_SERVER],
      ['SendData', { room: 'gone', data: 'aGk=' }, NO_SERVER],
    ];

    test.each(missing)('%s says so', async (verb, body, answer) => {
      expect(await room(verb, body)).toMatchObject(answer);
    });

    test.each(['ListDispatch', 'DeleteDispatch'])('%s says so', async (verb) => {
      expect(await dispatch(verb, { room: 'gone', dispatch_id: 'AD_x' })).toMatchObject(NO_SERVER);
    });

    test('an existing room without the participant, the track or the dispatch', async () => {
      await room('CreateRoom', { name: 'bare' });
      const peer = await NodePeer.join(server().wsUrl, 'bare', 'i');
      const nobody = { room: 'bare', identity: 'nobody' };
      expect(await room('GetParticipant', nobody)).toMatchObject(NOT_FOUND);
      expect(await room('RemoveParticipant', nobody)).toMatchObject(NOT_FOUND);
      expect(await room('UpdateParticipant', nobody)).toMatchObject(NOT_FOUND);
      expect(await room('MutePublishedTrack', { ...nobody, track_sid: 'TR_x' })).toMatchObject(
        NO_SERVER,
      );
      const track = { room: 'bare', identity: 'i', track_sid: 'TR_x', muted: true };
      const muted = await room('MutePublishedTrack', track);
      expect([muted['status'], muted['track'] ?? null]).toEqual([200, null]);
      const none = { room: 'bare', dispatch_id: 'AD_x' };
      expect(await dispatch('DeleteDispatch', none)).toMatchObject(NOT_FOUND);
      expect(await dispatch('ListDispatch', none)).toEqual({ status: 200, agent_dispatches: [] });
      expect(
        await room('SendData', { room: 'bare', data: 'aGk=', destination_identities: ['no'] }),
      ).toEqual({ status: 200 });
      await peer.leave();
    });

    test('lists are empty', async () => {
      expect(await room('ListRooms', { names: ['gone'] })).toEqual({ status: 200, rooms: [] });
      expect(await room('ListParticipants', { room: 'gone' })).toEqual({
        status: 200,
        participants: [],
      });
    });
  });

  describe('rooms', () => {
    test('say in snake case what they were made with, and keep it', async () => {
      const wish = { empty_timeout: 30, departure_timeout: 7, max_participants: 3, metadata: 'm' };
      const made = await room('CreateRoom', { name: 'made', ...wish });
      expect(made).toMatchObject({ ...wish, name: 'made', num_participants: 0, num_publishers: 0 });
      expect(made['sid']).toMatch(/^RM_/);
      expect(made['creation_time']).toMatch(/^\d{10}$/);
      expect(made['creation_time_ms']).toMatch(/^\d{13}$/);
      const again = await room('CreateRoom', { name: 'made', emptyTimeout: 99, metadata: 'n' });
      expect(again).toMatchObject({ ...wish, sid: made['sid'] });
      const { rooms } = await room('ListRooms', { names: ['made', 'gone'] });
      expect(rooms).toEqual([expect.objectContaining({ sid: made['sid'], metadata: 'm' })]);
      expect(await room('DeleteRoom', { room: 'made' })).toEqual({ status: 200 });
      expect(await room('DeleteRoom', { room: 'made' })).toMatchObject(NOT_FOUND);
      const next = await room('CreateRoom', { name: 'made', emptyTimeout: 31 });
      expect(next).toMatchObject({ empty_timeout: 31, departure_timeout: 20, metadata: '' });
      expect(next['sid']).not.toBe(made['sid']);
    });

    test.each([
      ['a long name', { name: 'x'.repeat(257) }, 'room name length exceeds limits: max length 256'],
      [
        'long metadata',
        { name: 'x', metadata: 'm'.repeat(524_289) },
        'metadata size exceeds limits 524288',
      ],
      ['an unknown preset', { name: 'x', room_preset: 'none' }, 'unknown room configuration'],
    ])('are not made with %s', async (_what, body, words) => {
      const answer = await room('CreateRoom', body);
      expect(answer).toMatchObject({ status: 400, code: 'invalid_argument' });
      expect(answer['msg']).toContain(words);
    });

    test('are made by a dispatch too', async () => {
      const made = await dispatch('CreateDispatch', {
        room: 'sent',
        agent_name: 'nobody',
        metadata: 'm',
        attributes: { a: 'b' },
      });
      expect(made).toMatchObject({
        status: 200,
        agent_name: 'nobody',
        room: 'sent',
        metadata: 'm',
        attributes: { a: 'b' },
        state: { jobs: [], deleted_at: '0' },
      });
      expect(made['id']).toMatch(/^AD_/);
      expect(await room('ListRooms', { names: ['sent'] })).toMatchObject({
        rooms: [{ name: 'sent' }],
      });
      const gone = await dispatch('DeleteDispatch', { room: 'sent', dispatch_id: made['id'] });
      expect(gone).toMatchObject({ status: 200, id: made['id'] });
      const { agent_dispatches: left } = await dispatch('ListDispatch', { room: 'sent' });
      expect(left).not.toContainEqual(expect.objectContaining({ id: made['id'] }));
    });
  });

  test.each([
    ['metadata', { metadata: 'x'.repeat(524_289) }, 'metadata size exceeds limits 524288'],
    [
      'attributes',
      { attributes: { a: 'x'.repeat(65_536) } },
      'attribute size exceeds limits 65536',
    ],
    ['a name', { name: 'x'.repeat(257) }, 'name length exceeds limits 256'],
  ])('a participant is not given %s beyond the limit', async (_what, body, msg) => {
    const answer = await room('UpdateParticipant', { room: 'x', identity: 'i', ...body });
    const argument = msg.replace(/ \d+$/, '');
    expect(answer).toEqual({ status: 400, code: 'invalid_argument', msg, meta: { argument } });
  });

  test('a participant loses the permission to speak', async () => {
    const one = await NodePeer.join(server().wsUrl, 'permit', 'one');
    const two = await NodePeer.join(server().wsUrl, 'permit', 'two');
    await one.playTone(440);
    await waitFor(() => (two.heard.get('one')?.level ?? 0) > 1000, { what: 'the tone' });
    const answer = await room('UpdateParticipant', {
      room: 'permit',
      identity: 'one',
      permission: { can_subscribe: true, can_publish: false, can_publish_data: false },
    });
    expect(answer).toMatchObject({ permission: { can_publish: false, can_subscribe: true } });
    await waitFor(
      async () => {
        const { participants } = await room('ListParticipants', { room: 'permit' });
        const who = (participants as Json[]).find((each) => each['identity'] === 'one');
        return (who?.['tracks'] as Json[]).length === 0;
      },
      { what: 'the end of the track' },
    );
    await waitFor(() => !two.room.remoteParticipants.get('one')?.trackPublications.size, {
      what: 'the end of the track at the listener',
    });
    await Promise.all([one.leave(), two.leave()]);
  });

  test('a nonce has sixteen bytes', async () => {
    const answer = await room('SendData', { room: 'gone', data: 'aGk=', nonce: 'AAA=' });
    expect(answer).toMatchObject({ status: 400, code: 'invalid_argument' });
    expect(answer['msg']).toBe('nonce should be 16-bytes or not present, got: 2 bytes');
  });

  describe('requests of another form', () => {
    test.each([
      '',
      '{',
      '[]',
      '"x"',
      'null',
      '5',
      '{"names":[NaN]}',
      '{"names":"x"}',
      '['.repeat(5000),
    ])('the body %j', async (raw) => {
      expect(await room('ListRooms', {}, { raw })).toEqual(MALFORMED);
    });

    test('numbers that do not fit', async () => {
      expect(await room('CreateRoom', { name: 'n', empty_timeout: -1 })).toEqual(MALFORMED);
      expect(await room('CreateRoom', { name: 'n', empty_timeout: 2 ** 40 })).toEqual(MALFORMED);
      expect(await room('CreateRoom', { name: 5 })).toEqual(MALFORMED);
      expect(await room('SendData', { room: 'x', data: '!!' })).toEqual(MALFORMED);
    });

    test('fields of a later version are passed over', async () => {
      expect(await room('ListRooms', { names: ['gone'], later: 1 })).toMatchObject({ status: 200 });
    });

    test('other methods, paths and types', async () => {
      const route = (method: string, path: string): Json => ({
        status: 404,
        code: 'bad_route',
        meta: { twirp_invalid_route: `${method} /twirp/livekit.${path}` },
      });
      const path = 'RoomService/ListRooms';
      for (const method of ['GET', 'PUT']) {
        expect(await room('ListRooms', {}, { method })).toEqual({
          ...route(method, path),
          msg: `unsupported method "${method}" (only POST is allowed)`,
        });
      }
      expect(await room('Nothing', {})).toEqual({
        ...route('POST', 'RoomService/Nothing'),
        msg: 'no handler for path "/twirp/livekit.RoomService/Nothing"',
      });
      expect(await room('ListRooms', {}, { type: 'text/plain' })).toEqual({
        ...route('POST', path),
        msg: 'unexpected Content-Type: "text/plain"',
      });
      expect(await call(server(), 'NoService/X', {})).toMatchObject({ status: 404 });
      const type = 'Application/JSON; charset=utf-8';
      expect(await room('ListRooms', { names: ['gone'] }, { type })).toMatchObject({ status: 200 });
    });

    test('protobuf is answered in protobuf, its faults in JSON', async () => {
      const ask = (verb: string, body: Uint8Array): Promise<Response> =>
        post(server(), `RoomService/${verb}`, { raw: body, type: 'application/protobuf' });
      const listed = await ask('ListRooms', new ListRoomsRequest({ names: ['gone'] }).toBinary());
      expect(listed.headers.get('content-type')).toBe('application/protobuf');
      const bytes = new Uint8Array(await listed.arrayBuffer());
      expect(ListRoomsResponse.fromBinary(bytes).rooms).toEqual([]);
      const gone = await ask('DeleteRoom', new DeleteRoomRequest({ room: 'gone' }).toBinary());
      expect(gone.status).toBe(404);
      expect(await gone.json()).toMatchObject({ code: 'not_found' });
      const junk = await ask('ListRooms', Buffer.from('ffffffff', 'hex'));
      expect(await junk.json()).toMatchObject({ code: 'malformed' });
    });
  });
});

async function call(
  server: MediaServer,
  path: string,
  body: Json,
  options: Call = {},
): Promise<Json> {
  const inRoom = body['room'] ?? body['name'];
  const grant = { ...ALL, room: typeof inRoom === 'string' ? inRoom : '' };
  const response = await post(server, path, { grant, raw: JSON.stringify(body), ...options });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  const answer = isJson ? (JSON.parse(text) as Json) : { text };
  // livekit-server says so before what another of its nodes has answered.
  const msg =
    typeof answer['msg'] === 'string' && answer['msg'].replace('twirp error unknown: ', '');
  return { status: response.status, ...answer, ...(msg ? { msg } : {}) };
}

async function post(
  server: MediaServer,
  path: string,
  { grant = ALL, type = 'application/json', method = 'POST', raw = '{}' }: Call,
): Promise<Response> {
  const token = new AccessToken(API_KEY, API_SECRET, { identity: 'service' });
  if (grant) token.addGrant(grant);
  const authorization = grant ? { authorization: `Bearer ${await token.toJwt()}` } : undefined;
  return fetch(`${server.httpUrl}/twirp/livekit.${path}`, {
    method,
    headers: { 'content-type': type, ...authorization },
    ...(method === 'GET' ? {} : { body: raw as BodyInit }),
  });
}
