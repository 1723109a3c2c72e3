// The media server: one HTTP port for signalling, agent workers and APIs, and one UDP range for media.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { ServerInfo, ServerInfo_Edition } from '@livekit/protocol';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { AccessError, isDependent, tokenOf, verifyToken } from './access-token.js';
import { Dispatcher } from './agents/dispatcher.js';
import { dispatchServiceMethods } from './api/dispatch-service.js';
import { roomServiceMethods } from './api/room-service.js';
import { answerTwirp } from './api/twirp.js';
import type { Method } from './api/twirp.js';
import { newId } from './ids.js';
import { log } from './log.js';
import { releaseNative } from './media/transport.js';
import { Rooms } from './rooms/rooms.js';
import { Webhooks } from './rooms/webhooks.js';
import type { EmbeddedSettings } from './settings.js';
import { admit } from './signal/admission.js';
import { JoinLimits } from './signal/join-limits.js';
import type { Admission } from './signal/admission.js';
import { refuseResume } from './signal/refuse-resume.js';
import { SignalSession } from './signal/signal-session.js';
import type { SessionSettings } from './signal/signal-session.js';

// The release of livekit-server that this server behaves as. Clients choose features by it.
const COMPATIBLE_VERSION = '1.13.5';
const PROTOCOL = 17;
const MAX_SIGNAL_BYTES = 512 * 1024;
const MAX_HEADER_BYTES = 128 * 1024;
const MAX_SOCKETS = 4096;
// Node checks for slow requests every 30 s by default, so that slow clients would hold sockets for so long.
const HTTP_TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
} as const;
const STOP_WEBHOOKS_MS = 1000;
const REFUSAL_LIMIT_MS = 1000;

/** The media server. `listen` starts it, `close` ends it for good. */
export class EmbeddedServer {
  readonly #settings: EmbeddedSettings;
  readonly #session: SessionSettings;
  readonly #webhooks: Webhooks;
  readonly #dispatcher: Dispatcher;
  readonly #rooms: Rooms;
  readonly #joins = new JoinLimits();
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;

  constructor(settings: EmbeddedSettings) {
    this.#settings = settings;
    const keys = { apiKey: settings.apiKey, apiSecret: settings.apiSecret };
    const serverInfo = new ServerInfo({
      edition: ServerInfo_Edition.Standard,
      version: COMPATIBLE_VERSION,
      protocol: PROTOCOL,
      nodeId: newId('ND_'),
      agentProtocol: 1,
      debugInfo: 'embedded',
    });
    this.#session = { keys, media: settings, serverInfo };
    this.#webhooks = new Webhooks(settings.webhookUrl, keys);
    this.#dispatcher = new Dispatcher(keys, serverInfo);
    this.#rooms = new Rooms(this.#webhooks, this.#dispatcher);
    this.#methods = new Map([
      ...roomServiceMethods(this.#rooms),
      ...dispatchServiceMethods(this.#rooms, this.#dispatcher),
    ]);
    this.#http = createServer({ ...HTTP_TIMEOUTS, maxHeaderSize: MAX_HEADER_BYTES });
    this.#http.on('request', (request, response) => {
      this.#answer(request, response).catch((error: unknown) => fail(response, error));
    });
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_SIGNAL_BYTES,
      perMessageDeflate: false,
    });
    this.#http.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      this.#upgrade(request, socket, head).catch((error: unknown) => reject(socket, error));
    });
  }

  /** Starts listening; resolves with the port. Rejects when the address is in use. */
  listen(): Promise<number> {
    return new Promise((resolve, fail) => {
      this.#http.once('error', fail);
      this.#http.listen(this.#settings.port, this.#settings.host, () => {
        this.#http.off('error', fail);
        resolve((this.#http.address() as AddressInfo).port);
      });
    });
  }

  /**
   * Disconnects all participants, delivers webhooks for at most a second, and stops. Do not use the object afterwards.
   */
  async close(): Promise<void> {
    this.#http.close();
    this.#rooms.close();
    this.#dispatcher.close();
    await this.#webhooks.close(STOP_WEBHOOKS_MS);
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    releaseNative();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    writeCors(request, response);
    const url = urlOf(request);
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
    } else if (/^\/twirp\/livekit\.(RoomService|AgentDispatchService)\//.test(url.pathname)) {
      await answerTwirp(request, response, {
        url,
        methods: this.#methods,
        keys: this.#session.keys,
      });
    } else if (url.pathname === '/rtc/validate' || url.pathname === '/rtc/v1/validate') {
      await this.#admit(url, request);
      text(response, 200, 'success');
    } else if (url.pathname === '/') {
      text(response, 200, 'OK');
    } else {
      text(response, 404, '404 page not found');
    }
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = urlOf(request);
    const { authorization } = request.headers;
    if (this.#sockets.clients.size >= MAX_SOCKETS) throw AccessError.unavailable('limit exceeded');
    if (url.pathname === '/agent') {
      const token = tokenOf(authorization, url.searchParams);
      const grants = token ? await verifyToken(token, this.#session.keys) : undefined;
      if (!grants?.video?.agent) throw AccessError.noGrants();
      this.#take(request, socket, head, (ws) => this.#dispatcher.accept(ws));
      return;
    }
    if (url.pathname !== '/rtc' && url.pathname !== '/rtc/v1') {
      throw AccessError.notFound('404 page not found');
    }
    const admission = await this.#admit(url, request);
    this.#joins.take(admission, request.socket.remoteAddress ?? '');
    if (admission.join.reconnect) {
      this.#take(request, socket, head, (ws) => refuseResume(ws, admission));
      return;
    }
    const known = this.#rooms.get(admission.roomName);
    const rejoins = known?.participants.has(admission.grants.identity) ?? false;
    if (known?.isFull && !rejoins && !isDependent(admission.grants)) {
      throw AccessError.unavailable('room has exceeded its max participants');
    }
    this.#take(request, socket, head, (ws) => {
      const room = this.#rooms.getOrCreate(admission.roomName, admission.roomConfig);
      new SignalSession(ws, admission, room, this.#session);
    });
  }

  async #admit(url: URL, request: IncomingMessage): Promise<Admission> {
    const { authorization } = request.headers;
    const admission = await admit(url, authorization, this.#session.keys);
    // A grant outlives its call: joining with it again must not create the room and dispatch an agent.
    if (this.#rooms.isDeleted(admission.roomName)) throw AccessError.noRoom();
    return admission;
  }

  #take(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    accepted: (socket: WebSocket) => void,
  ): void {
    this.#sockets.handleUpgrade(request, socket, head, accepted);
  }
}

function urlOf(request: IncomingMessage): URL {
  try {
    return new URL((request.url ?? '/').replace(/^\/+/, '/'), 'http://local');
  } catch {
    throw AccessError.badRequest('malformed address');
  }
}

function writeCors(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', 'authorization, content-type');
  response.setHeader('vary', 'Origin');
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return;
  if (error instanceof AccessError) text(response, error.status, error.message);
  else {
    log('error', 'request failed', { error: String(error) });
    text(response, 500, 'internal error');
  }
}

function reject(socket: Duplex, error: unknown): void {
  const known = error instanceof AccessError ? error : undefined;
  if (!known) log('error', 'upgrade failed', { error: String(error) });
  const body = known?.message ?? 'internal error';
  // A client that does not read would hold its socket for ever.
  setTimeout(() => socket.destroy(), REFUSAL_LIMIT_MS).unref();
  socket.end(
    [
      `HTTP/1.1 ${known?.status ?? 500} ${known ? 'Refused' : 'Error'}`,
      'content-type: text/plain; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
