/** Requests to LiveKit's API and what becomes of its answers. */
import { createServer } from 'node:http';
import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import {
  deleteRoom,
  listParticipants,
  listRooms,
  removeParticipant,
} from '../../server/livekit/room-service.js';
import { listenOnLoopback } from '../support/listen-on-loopback.js';
import type { IncomingMessage, Server } from 'node:http';

interface Seen {
  url: string | undefined;
  grant: unknown;
  body: unknown;
}

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A LiveKit that gives one answer, and remembers what it was asked. */
async function answering(status: number, text: string | null) {
  const seen: Seen[] = [];
  server = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      seen.push({ url: request.url, grant: decodeJwt(token).video, body: JSON.parse(body) });
      if (text !== null) response.writeHead(status).end(text);
    });
  });
  const config = {
    url: await listenOnLoopback(server),
    apiKey: 'k',
    apiSecret: 's'.repeat(32),
    timeoutMs: 300,
  };
  return { config, seen };
}

describe('RoomService', () => {
  it('asks with the narrowest grant', async () => {
    const { config, seen } = await answering(200, '{}');
    await deleteRoom(config, 'r');
    await listRooms(config, ['r']);
    await removeParticipant(config, 'r', 'p');
    expect(seen).toEqual([
      {
        url: '/twirp/livekit.RoomService/DeleteRoom',
        grant: { roomCreate: true },
        body: { room: 'r' },
      },
      {
        url: '/twirp/livekit.RoomService/ListRooms',
        grant: { roomList: true },
        body: { names: ['r'] },
      },
      {
        url: '/twirp/livekit.RoomService/RemoveParticipant',
        grant: { roomAdmin: true, room: 'r' },
        body: { room: 'r', identity: 'p' },
      },
    ]);
  });

  it('reads participants in either spelling of kind and state', async () => {
    const participants = [
      { sid: 'PA_1', identity: 'c', kind: 'STANDARD', state: 'ACTIVE', joined_at: '1790000000' },
      { sid: 'PA_2', identity: 'a', kind: 'AGENT', state: 'JOINING', joined_at: '0' },
    ];
    const { config } = await answering(200, JSON.stringify({ participants }));
    expect(await listParticipants(config, 'r')).toEqual([
      {
        sid: 'PA_1',
        identity: 'c',
        kind: 'caller',
        active: true,
        joinedAt: new Date(1_790_000_000_000),
      },
      { sid: 'PA_2', identity: 'a', kind: 'agent', active: false, joinedAt: null },
    ]);
  });

  it('takes a room that is gone for no fault', async () => {
    const { config } = await answering(404, '{"code":"not_found","msg":"no room"}');
    await deleteRoom(config, 'r');
    expect(await listParticipants(config, 'r')).toBeNull();
  });

  it.each([
    ['a refusal', 401, '{"code":"unauthenticated","msg":"x"}', 'unauthenticated'],
    ['a proxy’s page', 502, '<html>bad gateway</html>', 'refused'],
    ['an answer that is no JSON', 200, 'OK', 'bad_answer'],
    ['an answer that is a list', 200, '[]', 'bad_answer'],
    ['silence', 200, null, 'timeout'],
  ])('words %s', async (_name, status, text, code) => {
    const { config } = await answering(status, text);
    await expect(listRooms(config)).rejects.toMatchObject({ name: 'LivekitError', code });
  });

  it('says that nothing answers, without the secret', async () => {
    const config = { url: 'ws://127.0.0.1:18499', apiKey: 'k', apiSecret: 'topsecret'.repeat(4) };
    const error = await listRooms(config).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'unreachable' });
    expect(String(error)).not.toContain('topsecret');
  });
});
