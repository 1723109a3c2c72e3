// LiveKit access tokens: verifies and signs them (HS256, one key pair), and reads their grants.
import { ParticipantInfo_Kind, RoomConfiguration } from '@livekit/protocol';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';

/** The `video` grant of a token, by LiveKit's names of its fields. Source: LiveKit's docs, "Tokens and grants". */
export interface VideoGrant {
  readonly roomJoin?: boolean;
  readonly room?: string;
  readonly roomCreate?: boolean;
  readonly roomList?: boolean;
  readonly roomAdmin?: boolean;
  readonly canPublish?: boolean;
  readonly canSubscribe?: boolean;
  readonly canPublishData?: boolean;
  readonly canPublishSources?: readonly string[];
  readonly canUpdateOwnMetadata?: boolean;
  readonly hidden?: boolean;
  readonly recorder?: boolean;
  readonly agent?: boolean;
}

/** What a verified token grants. `expiresAt` is in seconds since 1970. */
export interface Grants {
  readonly identity: string;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly kind: string;
  readonly video: VideoGrant | undefined;
  readonly roomConfig: RoomConfiguration | undefined;
  readonly expiresAt: number;
}

/** The API key and secret that sign tokens. */
export interface KeyPair {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** A refused request, with the status and the words that livekit-server answers; `code` is a stable word for logs. */
export class AccessError extends Error {
  readonly code: string;
  readonly status: number;

  private constructor(status: number, code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.code = code;
  }

  static missingAuthorization(): AccessError {
    const message = 'invalid authorization header. Must start with Bearer ';
    return new AccessError(401, 'unauthenticated', message);
  }

  /** The token has not the form of a JWT. */
  static malformedToken(cause?: unknown): AccessError {
    return new AccessError(401, 'unauthenticated', 'invalid authorization token', cause);
  }

  /** The token may not be used. The message does not repeat it: answers end up in logs. */
  static invalidToken(reason: string, cause?: unknown): AccessError {
    return new AccessError(401, 'unauthenticated', `invalid token, error: ${reason}`, cause);
  }

  static invalidKey(apiKey: string): AccessError {
    return new AccessError(401, 'unauthenticated', `invalid API key: ${apiKey}`);
  }

  static permissionDenied(): AccessError {
    return new AccessError(401, 'permission_denied', 'permissions denied');
  }

  static noGrants(): AccessError {
    return new AccessError(401, 'permission_denied', 'no permissions to access the room');
  }

  static badRequest(message: string): AccessError {
    return new AccessError(400, 'invalid_argument', message);
  }

  static notFound(message: string): AccessError {
    return new AccessError(404, 'not_found', message);
  }

  /** The room does not exist, and joining does not create it; clients do not try again. In livekit-server's words. */
  static noRoom(): AccessError {
    return AccessError.notFound('requested room does not exist');
  }

  static unavailable(message: string): AccessError {
    return new AccessError(503, 'unavailable', message);
  }
}

const LEEWAY_SECONDS = 60;

/**
 * Verifies signature, issuer, expiry, not-before and the form of the grants; returns what the token grants. Throws
 * `AccessError`.
 */
export async function verifyToken(token: string, keys: KeyPair): Promise<Grants> {
  const issuer = issuerOf(token);
  if (issuer !== keys.apiKey) throw AccessError.invalidKey(issuer);
  let claims: JWTPayload;
  try {
    const secret = new TextEncoder().encode(keys.apiSecret);
    const options = { algorithms: ['HS256'], clockTolerance: LEEWAY_SECONDS };
    claims = (await jwtVerify(token, secret, options)).payload;
  } catch (error) {
    throw AccessError.invalidToken(whyRefused(error), error);
  }
  return toGrants(claims);
}

function issuerOf(token: string): string {
  try {
    const { iss, sub, jti } = decodeJwt(token);
    const names: unknown[] = [iss, sub, jti];
    if (names.every((name) => name === undefined || typeof name === 'string')) return iss ?? '';
  } catch (error) {
    throw AccessError.malformedToken(error);
  }
  throw AccessError.malformedToken();
}

function whyRefused(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'token is expired';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
    return 'token is not valid yet';
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'token signature is invalid';
  return 'token is malformed';
}

/** Signs `payload` for `identity`, valid until `expiresAt` (seconds). */
export async function mintToken(
  payload: JWTPayload,
  identity: string,
  expiresAt: number,
  keys: KeyPair,
): Promise<string> {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(keys.apiKey)
    .setSubject(identity)
    .setNotBefore(Math.floor(Date.now() / 1000))
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(keys.apiSecret));
}

/**
 * The token of a request: its Bearer token, else `access_token` of the query, else ''. Throws `AccessError` for another
 * kind of authorization.
 */
export function tokenOf(authorization: string | undefined, query: URLSearchParams): string {
  if (authorization) {
    if (!authorization.startsWith('Bearer ')) throw AccessError.missingAuthorization();
    return authorization.slice('Bearer '.length);
  }
  return query.get('access_token') ?? '';
}

/** The participant kind of a token's `kind`, e.g. `agent`; unknown ones are standard participants. */
export function kindOf(word: string): ParticipantInfo_Kind {
  switch (word) {
    case 'agent':
      return ParticipantInfo_Kind.AGENT;
    case 'egress':
      return ParticipantInfo_Kind.EGRESS;
    case 'ingress':
      return ParticipantInfo_Kind.INGRESS;
    case 'sip':
      return ParticipantInfo_Kind.SIP;
    default:
      return ParticipantInfo_Kind.STANDARD;
  }
}

/** Whether a participant with these grants is dependent, as an agent or recorder is: it keeps no room open. */
export function isDependent({ kind, video }: Pick<Grants, 'kind' | 'video'>): boolean {
  return kind === 'agent' || kind === 'egress' || video?.agent === true || video?.recorder === true;
}

function toGrants(claims: JWTPayload): Grants {
  const { name, metadata, kind, attributes, video, roomConfig } = claims;
  const wellFormed =
    [name, metadata, kind].every((one) => one === undefined || typeof one === 'string') &&
    [attributes, video, roomConfig].every((one) => one == null || isObject(one)) &&
    Object.values(attributes ?? {}).every((one) => typeof one === 'string');
  if (!wellFormed) throw AccessError.invalidToken('token is malformed');
  return {
    identity: claims.sub ?? claims.jti ?? '',
    name: (name ?? '') as string,
    metadata: (metadata ?? '') as string,
    attributes: (attributes ?? {}) as Record<string, string>,
    kind: (kind ?? '') as string,
    video: video ?? undefined,
    roomConfig: roomConfig == null ? undefined : toRoomConfig(roomConfig),
    expiresAt: claims.exp ?? 0,
  };
}

function toRoomConfig(config: unknown): RoomConfiguration {
  try {
    return RoomConfiguration.fromJson(config as never, { ignoreUnknownFields: true });
  } catch (error) {
    throw AccessError.invalidToken('token is malformed', error);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
