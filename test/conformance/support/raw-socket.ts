/** Sockets of clients that keep to no SDK: to `/rtc/v1`, `/rtc` and `/agent`, with whatever token and bytes a test likes. */
import { JoinRequest, WrappedJoinRequest } from '@livekit/protocol';
import WebSocket from 'ws';
import type { MediaServer } from './media-server.js';
import { joinToken } from './tokens.js';

/** The query parameter that a client's join request travels in. */
export function joinRequest(join: ConstructorParameters<typeof JoinRequest>[0] = {}): string {
  const request = new JoinRequest({ clientInfo: { protocol: 17 }, ...join });
  return wrapped(new WrappedJoinRequest({ joinRequest: request.toBinary() }));
}

/** Like `joinRequest`, for requests of junk. */
export function wrapped(message: WrappedJoinRequest): string {
  const text = Buffer.from(message.toBinary()).toString('base64');
  return `join_request=${encodeURIComponent(text.replaceAll('+', '-').replaceAll('/', '_'))}`;
}

/** Opens a socket; rejects with `status text` of the refusal. */
export function openSocket(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.once('open', () => {
      socket.on('error', () => undefined);
      // What comes with the answer itself is for whoever listens as soon as it has the socket.
      socket.pause();
      setImmediate(() => socket.resume());
      resolve(socket);
    });
    socket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (part) => (body += String(part)));
      response.on('end', () => reject(new Error(`${response.statusCode} ${body}`)));
    });
    socket.once('error', reject);
  });
}

/** What an older client asks for, which is to be offered what it receives. */
export const OLDER = '/rtc?protocol=15';

/** Joins a room on the signalling socket alone, without any media. */
export async function openSignal(
  server: Pick<MediaServer, 'wsUrl'>,
  room: string,
  identity: string,
  path = `/rtc/v1?${joinRequest()}`,
): Promise<WebSocket> {
  const token = await joinToken(room, identity);
  return openSocket(`${server.wsUrl}${path}&access_token=${token}`);
}

/** Resolves with the code when the other side has closed the socket. */
export function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => {
    if (socket.readyState === WebSocket.CLOSED) resolve(0);
    else socket.once('close', resolve);
  });
}
