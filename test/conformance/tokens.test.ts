/** Which tokens open which door, and with which words the others are refused. */
import { SignalResponse } from '@livekit/protocol';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { VideoGrant } from 'livekit-server-sdk';
import { describe, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import type { MediaServer } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { closed, joinRequest, openSocket } from './support/raw-socket.js';

interface Signed {
  key?: string;
  secret?: string;
  alg?: string;
}

const now = (): number => Math.floor(Date.now() / 1000);
const GRANT = { roomJoin: true, room: 'tokens' };

/** A good token but for what is said. A claim of `undefined` is left out. */
function make(claims: JWTPayload = {}, { key, secret, alg }: Signed = {}): Promise<string> {
  const all = { iss: key ?? API_KEY, sub: 'caller', exp: now() + 600, video: GRANT, ...claims };
  return new SignJWT(JSON.parse(JSON.stringify(all)) as JWTPayload)
    .setProtectedHeader({ alg: alg ?? 'HS256' })
    .sign(new TextEncoder().encode(secret ?? API_SECRET));
}

const unsigned = new UnsecuredJWT({ iss: API_KEY, sub: 'caller', video: GRANT }).encode();
const other = { secret: 'another-secret-of-32-characters-!!' };

/** What is wrong, the token, and what a join with it is answered. */
const REFUSED: [string, () => Promise<string> | string, RegExp][] = [
  ['expired', () => make({ exp: now() - 90 }), /^401 invalid token.*expired/],
  ['not valid yet', () => make({ nbf: now() + 90 }), /^401 invalid token.*not valid yet/],
  ['of an unknown key', () => make({}, { key: 'other' }), /^401 invalid API key: other/],
  ['of no key', () => make({ iss: undefined }), /^401 invalid API key/],
  ['signed with another secret', () => make({}, other), /^401 invalid token.*signature is invalid/],
  ['signed in another way', () => make({}, { alg: 'HS384' }), /^401 invalid token/],
  ['not signed', () => unsigned, /^401 invalid token/],
  ['that is none', () => 'junk', /^401 invalid authorization token/],
  ['that is empty', () => '', /^401 no permissions to access the room/],
  ['without a grant', () => make({ video: undefined }), /^401 no permissions to access the room/],
  ['that may not join', () => make({ video: { room: 'tokens' } }), /^401 permissions denied/],
  [
    'for administration only',
    () => make({ video: { roomAdmin: true, room: 'tokens' } }),
    /^401 permissions denied/,
  ],
  ['for no room', () => make({ video: { roomJoin: true } }), /^400 no room name/],
  [
    'for a room with too long a name',
    () => make({ video: { roomJoin: true, room: 'r'.repeat(257) } }),
    /^400 room name length exceeds limits: max length 256/,
  ],
  ['of nobody', () => make({ sub: undefined }), /^400 identity cannot be empty/],
  ['of somebody with too long a name', () => make({ sub: 'i'.repeat(257) }), /^400 .*identity/],
  ['with an identity of another type', () => make({ sub: 5 as never }), /^401 invalid/],
  ['with a grant of another type', () => make({ video: 'all' }), /^401 invalid token/],
  ['with metadata of another type', () => make({ metadata: 5 }), /^401 invalid token/],
  ['with attributes of another type', () => make({ attributes: { a: 5 } }), /^401 invalid token/],
  ['with a broken room config', () => make({ roomConfig: { emptyTimeout: 'x' } }), /^401 invalid/],
];

const ACCEPTED: [string, () => Promise<string>][] = [
  ['a plain one', () => make()],
  ['one that expired within the leeway of a minute', () => make({ exp: now() - 30 })],
  ['one that begins within the leeway', () => make({ nbf: now() + 30 })],
  ['one that never expires', () => make({ exp: undefined })],
  ['one from a clock that is ahead', () => make({ iat: now() + 900 })],
  ['one whose identity is its id', () => make({ sub: undefined, jti: 'by-id' })],
  ['one with names of the greatest length', () => make({ sub: 'i'.repeat(256) })],
  ['one with a room config of a later version', () => make({ roomConfig: { later: 1 } })],
  ['one of an unknown kind', () => make({ kind: 'martian' })],
];

describeMediaServers('tokens', (server) => {
  describe.each(REFUSED)('one %s', (_name, token, words) => {
    test('opens no door', async () => {
      const text = await token();
      const query = `access_token=${encodeURIComponent(text)}`;
      expect(await get(server(), `/rtc/v1/validate?${query}&${joinRequest()}`)).toMatch(words);
      expect(await get(server(), `/rtc/validate?${query}`)).toMatch(words);
      for (const path of [
        `/rtc/v1?${joinRequest()}`,
        `/rtc?${joinRequest()}`,
        '/rtc?protocol=15',
      ]) {
        const joining = openSocket(`${server().wsUrl}${path}&${query}`);
        await expect(joining).rejects.toThrow(words);
      }
      const working = openSocket(`${server().wsUrl}/agent?${query}`);
      await expect(working).rejects.toThrow(/^401 /);
      expect(await listRooms(server(), `Bearer ${text}`)).toBe(401);
    });
  });

  test.each(ACCEPTED)('%s lets in', async (_name, token) => {
    const query = `access_token=${await token()}&${joinRequest()}`;
    expect(await get(server(), `/rtc/v1/validate?${query}`)).toBe('200 success');
    const socket = await openSocket(`${server().wsUrl}/rtc/v1?${query}`);
    socket.close();
    await closed(socket);
  });

  test('opens the door of older clients as well, with and without a join request', async () => {
    const query = `access_token=${await make({ sub: 'older' })}`;
    for (const more of [joinRequest(), 'protocol=15&auto_subscribe=1']) {
      expect(await get(server(), `/rtc/validate?${query}&${more}`)).toBe('200 success');
      const socket = await openSocket(`${server().wsUrl}/rtc?${query}&${more}`);
      socket.close();
      await closed(socket);
    }
  });

  test('what is missing or malformed in a join is said', async () => {
    const query = `access_token=${await make()}`;
    expect(await get(server(), `/rtc/v1/validate?${query}`)).toBe('400 join_request is required');
    for (const path of ['/rtc', '/rtc/v1']) {
      expect(await get(server(), `${path}/validate?${query}&join_request=x`)).toBe(
        '400 cannot base64 decode wrapped join request',
      );
    }
    expect(await get(server(), `/rtc/validate?${query}&attributes=e30x`)).toBe(
      '400 cannot decode attributes',
    );
  });

  test('the header wins over the query, and has to say Bearer', async () => {
    const token = await make();
    const ask = async (authorization: string, query = ''): Promise<string> =>
      get(server(), `/rtc/v1/validate?${joinRequest()}${query}`, { authorization });
    expect(await ask(`Bearer ${token}`, '&access_token=junk')).toBe('200 success');
    for (const header of [token, `bearer ${token}`, 'Basic eDp5']) {
      expect(await ask(header)).toBe('401 invalid authorization header. Must start with Bearer ');
    }
  });

  test('the room that is joined is the one of the token, and no grant reaches another', async () => {
    const peer = await NodePeer.join(server().wsUrl, 'mine', 'caller');
    expect(peer.room.name).toBe('mine');
    const elsewhere = await make({ video: { roomAdmin: true, room: 'elsewhere' } });
    const verbs = ['ListParticipants', 'GetParticipant', 'RemoveParticipant', 'UpdateParticipant'];
    for (const verb of [...verbs, 'MutePublishedTrack', 'SendData', 'UpdateRoomMetadata']) {
      const response = await fetch(`${server().httpUrl}/twirp/livekit.RoomService/${verb}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${elsewhere}` },
        body: '{"room":"mine","identity":"caller"}',
      });
      expect([verb, response.status, await response.json()]).toEqual([
        verb,
        401,
        { code: 'unauthenticated', msg: 'permissions denied' },
      ]);
    }
    expect(peer.room.isConnected).toBe(true);
    await peer.leave();
  });

  test('a renewed token says what its bearer may do by now, and how its room is made', async () => {
    const agents = [{ agentName: 'nobody', metadata: 'm' }];
    const roomConfig = { departureTimeout: 7, agents };
    const video = { ...GRANT, room: 'renewed' };
    const token = await make({ roomConfig, video });
    const socket = await openSocket(
      `${server().wsUrl}/rtc/v1?access_token=${token}&${joinRequest()}`,
    );
    const renewed: Record<string, unknown>[] = [];
    socket.on('message', (data: Buffer) => {
      const { message } = SignalResponse.fromBinary(data);
      if (message.case === 'refreshToken') renewed.push(decodeJwt(message.value));
    });
    const api = new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);
    await waitFor(async () => (await api.listParticipants('renewed')).length === 1);
    await api.updateParticipant('renewed', 'caller', {
      permission: { canPublish: false, canPublishSources: [2], canSubscribe: true },
    });
    const claims = await waitFor(() =>
      renewed.find(({ video }) => (video as VideoGrant).canPublish === false),
    );
    expect(claims).toMatchObject({
      sub: 'caller',
      video: { ...video, canPublishSources: ['microphone'], canPublishData: false },
    });
    // Who comes back with it has no agent sent; livekit-server sends one into every new room.
    const isEmbedded = server().name === 'embedded';
    expect(claims['roomConfig']).toEqual({
      departureTimeout: 7,
      ...(isEmbedded ? {} : { agents }),
    });
    socket.terminate();
  });

  test('a token may bring metadata of its bearer only with the grant to change it', async () => {
    const ask = async (canUpdateOwnMetadata: boolean): Promise<string> => {
      const token = await make({ video: { ...GRANT, canUpdateOwnMetadata } });
      const join = joinRequest({ metadata: 'mine', participantAttributes: { a: 'b' } });
      return get(server(), `/rtc/v1/validate?access_token=${token}&${join}`);
    };
    expect(await ask(true)).toBe('200 success');
    expect(await ask(false)).toBe('401 no permissions to access the room');
  });
});

async function get(server: MediaServer, path: string, headers = {}): Promise<string> {
  const response = await fetch(server.httpUrl + path, { headers });
  return `${response.status} ${await response.text()}`;
}

async function listRooms(server: MediaServer, authorization: string): Promise<number> {
  const url = `${server.httpUrl}/twirp/livekit.RoomService/ListRooms`;
  const headers = { authorization, 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: '{}' })).status;
}
