// Decides whether a client may join: checks its token, join request and room, and their limits.
import { gunzipSync } from 'node:zlib';
import {
  JoinRequest,
  RoomConfiguration,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import { AccessError, tokenOf, verifyToken } from '../access-token.js';
import type { Grants, KeyPair } from '../access-token.js';
import { joinFromQuery } from './join-from-query.js';

/** An admitted join. */
export interface Admission {
  readonly roomName: string;
  readonly grants: Grants;
  readonly join: JoinRequest;
  /** Whether the client speaks the older protocol, with a second connection for what it receives. */
  readonly isDual: boolean;
  readonly roomConfig: RoomConfiguration;
}

/** Bytes of a participant's name, and of an identity and a room's name. */
export const MAX_NAME_BYTES = 256;
/** Bytes of a participant's or room's metadata. */
export const MAX_METADATA_BYTES = 512 * 1024;
/** Bytes of a participant's attributes in all. */
export const MAX_ATTRIBUTE_BYTES = 64 * 1024;

const MAX_JOIN_BYTES = 1024 * 1024;

/**
 * Checks a request to `/rtc/v1`, or to `/rtc`, where the join request may be missing: then the client speaks the older
 * protocol. Throws `AccessError` with livekit-server's status and words.
 */
export async function admit(
  { pathname, searchParams: query }: URL,
  authorization: string | undefined,
  keys: KeyPair,
): Promise<Admission> {
  const token = tokenOf(authorization, query);
  if (!token) throw AccessError.noGrants();
  const grants = await verifyToken(token, keys);
  if (!grants.video) throw AccessError.noGrants();
  const wrapped = query.get('join_request');
  if (!wrapped && pathname.startsWith('/rtc/v1')) {
    throw AccessError.badRequest('join_request is required');
  }
  const join = wrapped ? unwrap(wrapped) : joinFromQuery(query);
  return {
    roomName: roomOf(grants),
    grants: withOwnDetails(grants, join),
    join,
    isDual: !wrapped,
    roomConfig: grants.roomConfig ?? new RoomConfiguration(),
  };
}

/** The room that the token allows to join. Throws `AccessError`. */
function roomOf(grants: Grants): string {
  if (!grants.video?.roomJoin) throw AccessError.permissionDenied();
  if (!grants.identity) throw AccessError.badRequest('identity cannot be empty');
  if (Buffer.byteLength(grants.identity) > MAX_NAME_BYTES) {
    throw AccessError.badRequest('participant identity length exceeds limits: max length 256');
  }
  const roomName = grants.video.room ?? '';
  if (!roomName) throw AccessError.badRequest('no room name');
  if (Buffer.byteLength(roomName) > MAX_NAME_BYTES) {
    throw AccessError.badRequest('room name length exceeds limits: max length 256');
  }
  return roomName;
}

function unwrap(text: string): JoinRequest {
  if (text.length % 4 !== 0 || !/^[\w-]*={0,2}$/.test(text)) {
    throw AccessError.badRequest('cannot base64 decode wrapped join request');
  }
  const wrapped = parse(() => WrappedJoinRequest.fromBinary(Buffer.from(text, 'base64url')));
  if (!wrapped) throw AccessError.badRequest('cannot unmarshal wrapped join request');
  let bytes = wrapped.joinRequest;
  if (wrapped.compression === WrappedJoinRequest_Compression.GZIP) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: MAX_JOIN_BYTES });
    } catch {
      throw AccessError.badRequest('cannot read decompressed join request');
    }
  }
  const join = parse(() => JoinRequest.fromBinary(bytes));
  if (!join) throw AccessError.badRequest('cannot unmarshal join request');
  return join;
}

function parse<Message>(read: () => Message): Message | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The grants with the client's own metadata and attributes, where it may change these. */
function withOwnDetails(grants: Grants, join: JoinRequest): Grants {
  const own = Object.entries(join.participantAttributes).filter(([, value]) => value !== '');
  if (!join.metadata && own.length === 0) return grants;
  if (!grants.video?.canUpdateOwnMetadata) throw AccessError.noGrants();
  return {
    ...grants,
    metadata: join.metadata || grants.metadata,
    attributes: { ...grants.attributes, ...Object.fromEntries(own) },
  };
}
