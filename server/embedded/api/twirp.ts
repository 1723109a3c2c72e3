// The Twirp protocol: finds the method, checks the grant, decodes JSON or protobuf, encodes the answer. Source: Twirp's
// wire protocol, v7.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnyMessage, IMessageTypeRegistry, Message, MessageType } from '@bufbuild/protobuf';
import { AccessError, tokenOf, verifyToken } from '../access-token.js';
import type { KeyPair, VideoGrant } from '../access-token.js';

/** An error of Twirp, with its HTTP status and code. */
export class TwirpError extends Error {
  readonly code: string;
  readonly status: number;
  /** Details of the error by name. */
  readonly meta: Readonly<Record<string, string>> | undefined;

  private constructor(status: number, code: string, message: string, meta?: TwirpError['meta']) {
    super(message);
    this.status = status;
    this.code = code;
    this.meta = meta;
  }

  static notFound(message: string): TwirpError {
    return new TwirpError(404, 'not_found', message);
  }

  static invalidArgument(message: string): TwirpError {
    return new TwirpError(400, 'invalid_argument', message);
  }

  /** A field of the request is too large, in livekit-server's words. */
  static overLimit(what: string, limit: number): TwirpError {
    const message = `${what} exceeds limits ${limit}`;
    return new TwirpError(400, 'invalid_argument', message, { argument: `${what} exceeds limits` });
  }

  /** Nobody serves the room or participant: livekit-server's answer when its message bus finds no node. */
  static noServer(): TwirpError {
    return new TwirpError(503, 'unavailable', 'no response from servers');
  }

  static failedPrecondition(message: string): TwirpError {
    return new TwirpError(412, 'failed_precondition', message);
  }

  static unauthenticated(): TwirpError {
    return new TwirpError(401, 'unauthenticated', 'permissions denied');
  }

  static malformed(format: string): TwirpError {
    return new TwirpError(400, 'malformed', `the ${format} request could not be decoded`);
  }

  static badRoute(message: string, route: string): TwirpError {
    return new TwirpError(404, 'bad_route', message, { twirp_invalid_route: route });
  }

  static tooLarge(): TwirpError {
    return new TwirpError(400, 'malformed', 'the request is too large');
  }

  static exhausted(message: string): TwirpError {
    return new TwirpError(429, 'resource_exhausted', message);
  }
}

/** A method of a service. */
export interface Method {
  readonly request: MessageType<AnyMessage>;
  /** Whether the grant of the caller allows the request. */
  allowed(grant: VideoGrant, request: AnyMessage): boolean;
  handle(request: AnyMessage): AnyMessage | Promise<AnyMessage>;
}

/** Ties a method's handler to its request type; the cast is sound because `run` decodes that type. */
export function method<Request extends Message<Request>>(
  request: MessageType<Request>,
  allowed: (grant: VideoGrant, request: Request) => boolean,
  handle: (request: Request) => AnyMessage | Promise<AnyMessage>,
): Method {
  return { request, allowed, handle };
}

const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Where `answerTwirp` finds methods, and the keys that sign callers' tokens. */
export interface TwirpService {
  /** The address of the request, whose path begins with one slash. */
  readonly url: URL;
  readonly methods: ReadonlyMap<string, Method>;
  readonly keys: KeyPair;
}

/** Answers one request to `/twirp/…`; errors as Twirp's JSON. */
export async function answerTwirp(
  request: IncomingMessage,
  response: ServerResponse,
  { url, methods, keys }: TwirpService,
): Promise<void> {
  try {
    const grants = await readGrants(request, url, keys);
    const path = url.pathname;
    const found = methods.get(path.slice('/twirp/'.length));
    const route = `${request.method} ${path}`;
    if (request.method !== 'POST') {
      const message = `unsupported method "${request.method}" (only POST is allowed)`;
      throw TwirpError.badRoute(message, route);
    }
    if (!found) throw TwirpError.badRoute(`no handler for path "${path}"`, route);
    const header = request.headers['content-type'] ?? '';
    const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
    if (type !== 'application/json' && type !== 'application/protobuf') {
      throw TwirpError.badRoute(`unexpected Content-Type: "${header}"`, route);
    }
    if (!grants || !mayDoAnything(grants)) throw TwirpError.unauthenticated();
    const json = type === 'application/json';
    const message = decode(found.request, await readBody(request), json);
    if (!found.allowed(grants, message)) throw TwirpError.unauthenticated();
    const result = await found.handle(message);
    response.writeHead(200, { 'content-type': type });
    response.end(json ? encodeJson(result) : result.toBinary());
  } catch (error) {
    writeError(response, error);
  }
}

/** Whether the token allows any method at all; otherwise the body is not even read. */
function mayDoAnything({ roomAdmin, roomCreate, roomList }: VideoGrant): boolean {
  return roomAdmin === true || roomCreate === true || roomList === true;
}

async function readGrants(
  request: IncomingMessage,
  url: URL,
  keys: KeyPair,
): Promise<VideoGrant | undefined> {
  const token = tokenOf(request.headers.authorization, url.searchParams);
  return token ? (await verifyToken(token, keys)).video : undefined;
}

function decode(type: MessageType<AnyMessage>, body: Buffer, json: boolean): AnyMessage {
  try {
    return json
      ? type.fromJsonString(body.toString('utf8'), { ignoreUnknownFields: true })
      : type.fromBinary(body);
  } catch {
    throw TwirpError.malformed(json ? 'json' : 'protobuf');
  }
}

function encodeJson(message: AnyMessage): string {
  const registry: IMessageTypeRegistry = { findMessage: () => undefined };
  return message.toJsonString({
    useProtoFieldName: true,
    emitDefaultValues: true,
    typeRegistry: registry,
  });
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY_BYTES) parts.push(part);
      else reject(TwirpError.tooLarge());
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

function writeError(response: ServerResponse, error: unknown): void {
  if (error instanceof AccessError) {
    response.writeHead(error.status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(error.message);
    return;
  }
  const known = error instanceof TwirpError ? error : undefined;
  response.writeHead(known?.status ?? 500, { 'content-type': 'application/json' });
  const body = known
    ? { code: known.code, msg: known.message, ...(known.meta ? { meta: known.meta } : {}) }
    : { code: 'internal', msg: 'internal error' };
  response.end(JSON.stringify(body));
}
