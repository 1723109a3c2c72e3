/** A caller holds the grant of one call: it may talk in that room, and nothing more, and not for longer. */
import { RoomServiceClient } from 'livekit-server-sdk';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import { joinRequest, openSocket } from '../conformance/support/raw-socket.js';
import type { Product } from '../e2e/product.js';
import type { Ledger } from './ledger.js';
import { fill, type Operation } from './operations.js';

/** What its own token, and the other one, opens beyond its call. */
export async function tryAsCaller(
  product: Product,
  operations: readonly Operation[],
  grants: { own: CreateWebCallResponse; foreign: CreateWebCallResponse },
  ledger: Ledger,
): Promise<void> {
  const { own, foreign } = grants;
  const note = (what: string, isIn: boolean): void => ledger.note('caller', isIn ? what : null);
  for (const [name, token] of [
    ['access token', own.access_token],
    ['call token', own.call_token],
  ] as const) {
    for (const { method, path, isGuarded } of operations) {
      if (!isGuarded) continue;
      const address = fill(path, { call_id: foreign.call_id, seq: '0' });
      const body = method === 'GET' ? undefined : {};
      const authorization = `Bearer ${token}`;
      const { status } = await product.rest(method, address, body, { authorization });
      note(`${method} ${address} with its ${name}: ${status}`, status < 400 || status >= 500);
    }
  }
  const claim = `/v1/agent-jobs/${own.call_id}/claim`;
  const asCaller = { authorization: `Bearer ${own.access_token}` };
  const { status } = await product.rest('POST', claim, undefined, asCaller);
  note(`the job of its own call: ${status}`, status < 400 || status >= 500);
  await tryMedia(own, foreign, note);
}

/** The media server's own interfaces, with the caller's token in the place of an administrator's. */
async function tryMedia(
  own: CreateWebCallResponse,
  foreign: CreateWebCallResponse,
  note: (what: string, isIn: boolean) => void,
): Promise<void> {
  const http = own.server_url.replace(/^ws/, 'http');
  const asAdmin = (method: string, body: object): Promise<Response> =>
    fetch(`${http}/twirp/livekit.${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${own.access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  const room = roomOf(own);
  const methods: [string, object][] = [
    ['RoomService/ListRooms', {}],
    ['RoomService/CreateRoom', { name: 'mine' }],
    ['RoomService/DeleteRoom', { room }],
    ['RoomService/DeleteRoom', { room: roomOf(foreign) }],
    ['RoomService/ListParticipants', { room }],
    ['RoomService/RemoveParticipant', { room, identity: 'x' }],
    ['RoomService/UpdateParticipant', { room, identity: 'x', permission: { hidden: true } }],
    ['RoomService/UpdateRoomMetadata', { room, metadata: 'x' }],
    ['RoomService/SendData', { room, data: 'eA==', kind: 0 }],
    ['AgentDispatchService/CreateDispatch', { room, agentName: 'dialnexa' }],
    ['AgentDispatchService/ListDispatch', { room }],
  ];
  for (const [method, body] of methods) {
    const answer = await asAdmin(method, body);
    await answer.arrayBuffer();
    note(`${method} with a caller's token: ${answer.status}`, answer.ok);
  }
  const base = own.server_url;
  const sockets: [string, string][] = [
    ['the worker socket', `${base}/agent?access_token=${own.access_token}`],
    [
      'a room with half a token',
      `${base}/rtc/v1?access_token=${own.access_token.slice(0, -4)}&${joinRequest()}`,
    ],
    ['a room without a token', `${base}/rtc/v1?${joinRequest()}`],
    [
      'a room that its token does not name',
      `${base}/rtc/v1?access_token=${renamed(own, foreign)}&${joinRequest()}`,
    ],
  ];
  for (const [what, url] of sockets) {
    const isIn = await openSocket(url).then(
      (socket) => {
        socket.terminate();
        return true;
      },
      () => false,
    );
    note(what, isIn);
  }
  const forged = new RoomServiceClient(http, 'devkey', 'x'.repeat(32));
  note(
    'rooms by a key that is made up',
    await forged.listRooms().then(
      () => true,
      () => false,
    ),
  );
}

/** The room that a grant names. */
function roomOf(grant: CreateWebCallResponse): string {
  const [, claims = ''] = grant.access_token.split('.');
  const { video } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    video: { room: string };
  };
  return video.room;
}

/** Its own token with the other one's room in it, under the signature of before. */
function renamed(own: CreateWebCallResponse, foreign: CreateWebCallResponse): string {
  const [head, , signature] = own.access_token.split('.');
  const [, claims] = foreign.access_token.split('.');
  return [head, claims, signature].join('.');
}
