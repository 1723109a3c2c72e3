// LiveKit's RoomService, on the rooms of this server.
import { randomUUID } from 'node:crypto';
import {
  CreateRoomRequest,
  DataPacket,
  DeleteRoomRequest,
  DeleteRoomResponse,
  DisconnectReason,
  ListParticipantsRequest,
  ListParticipantsResponse,
  ListRoomsRequest,
  ListRoomsResponse,
  MuteRoomTrackRequest,
  MuteRoomTrackResponse,
  MuteTrackRequest,
  RemoveParticipantResponse,
  RequestResponse_Reason,
  RoomConfiguration,
  RoomParticipantIdentity,
  SendDataRequest,
  SendDataResponse,
  UpdateParticipantRequest,
  UpdateRoomMetadataRequest,
  UpdateSubscriptionsRequest,
  UpdateSubscriptionsResponse,
  UserPacket,
} from '@livekit/protocol';
import type { VideoGrant } from '../access-token.js';
import type { Participant } from '../rooms/participant.js';
import type { Room } from '../rooms/room.js';
import type { Rooms } from '../rooms/rooms.js';
import { changeSubscriptions } from '../rooms/change-subscriptions.js';
import { MAX_ATTRIBUTE_BYTES, MAX_METADATA_BYTES, MAX_NAME_BYTES } from '../signal/admission.js';
import { changeDetails } from '../signal/change-details.js';
import { method, TwirpError } from './twirp.js';
import type { Method } from './twirp.js';

// Bytes of a message for data channels: 128 KiB less its envelope.
const MAX_DATA_BYTES = 120 * 1024;
const NONCE_BYTES = 16;

/** The methods of `livekit.RoomService` by their path. */
export function roomServiceMethods(rooms: Rooms): [string, Method][] {
  const verbs: Record<string, Method> = {
    CreateRoom: method(CreateRoomRequest, canCreate, (request) => createRoom(rooms, request)),
    ListRooms: method(
      ListRoomsRequest,
      (grant) => grant.roomList === true,
      (request) => {
        const names = new Set(request.names);
        const found = rooms.all().filter((room) => names.size === 0 || names.has(room.name));
        return new ListRoomsResponse({ rooms: found.map((room) => room.toInfo()) });
      },
    ),
    DeleteRoom: method(DeleteRoomRequest, canCreate, async (request) => {
      if (!(await rooms.delete(request.room))) throw noRoom();
      return new DeleteRoomResponse();
    }),
    ListParticipants: method(ListParticipantsRequest, isAdmin, (request) => {
      const room = rooms.get(request.room);
      const participants = [...(room?.participants.values() ?? [])].map((one) => one.toInfo());
      return new ListParticipantsResponse({ participants });
    }),
    GetParticipant: method(RoomParticipantIdentity, isAdmin, (request) =>
      participantOf(rooms, request).participant.toInfo(),
    ),
    RemoveParticipant: method(RoomParticipantIdentity, isAdmin, (request) => {
      const { room, participant } = participantOf(rooms, request);
      room.remove(participant, DisconnectReason.PARTICIPANT_REMOVED);
      return new RemoveParticipantResponse();
    }),
    UpdateParticipant: method(UpdateParticipantRequest, isAdmin, (request) =>
      updateParticipant(rooms, request),
    ),
    MutePublishedTrack: method(MuteRoomTrackRequest, isAdmin, (request) =>
      muteTrack(rooms, request),
    ),
    UpdateSubscriptions: method(UpdateSubscriptionsRequest, isAdmin, (request) => {
      const { room, participant } = memberOf(rooms, request);
      changeSubscriptions(room, participant, request);
      return new UpdateSubscriptionsResponse();
    }),
    SendData: method(SendDataRequest, isAdmin, (request) => sendData(rooms, request)),
    UpdateRoomMetadata: method(UpdateRoomMetadataRequest, isAdmin, (request) => {
      checkLimits(request);
      const room = roomOf(rooms, request.room);
      room.setMetadata(request.metadata);
      return room.toInfo();
    }),
  };
  return Object.entries(verbs).map(([name, verb]) => [`livekit.RoomService/${name}`, verb]);
}

/** Whether the grant administers the room of the request. */
export function isAdmin(grant: VideoGrant, request: { readonly room: string }): boolean {
  return grant.roomAdmin === true && grant.room === request.room;
}

/** The room of that name. Throws `not_found` in livekit-server's words. */
function roomOf(rooms: Rooms, name: string): Room {
  const room = rooms.get(name);
  if (!room) throw noRoom();
  return room;
}

function noRoom(): TwirpError {
  return TwirpError.notFound('requested room does not exist');
}

function canCreate(grant: VideoGrant): boolean {
  return grant.roomCreate === true;
}

function createRoom(rooms: Rooms, request: CreateRoomRequest): ReturnType<Room['toInfo']> {
  if (!request.name) throw TwirpError.invalidArgument('no room name');
  if (Buffer.byteLength(request.name) > MAX_NAME_BYTES) {
    throw TwirpError.invalidArgument('room name length exceeds limits: max length 256');
  }
  checkLimits(request);
  if (request.roomPreset) {
    throw TwirpError.invalidArgument('unknown room configuration in create room request');
  }
  const config = new RoomConfiguration({
    emptyTimeout: request.emptyTimeout,
    departureTimeout: request.departureTimeout,
    maxParticipants: request.maxParticipants,
    metadata: request.metadata,
    agents: request.agents,
  });
  return rooms.create(request.name, config).toInfo();
}

function participantOf(
  rooms: Rooms,
  request: { readonly room: string; readonly identity: string },
): { room: Room; participant: Participant } {
  const room = rooms.get(request.room);
  const participant = room?.participants.get(request.identity);
  if (!room || !participant) throw TwirpError.notFound('participant does not exist');
  return { room, participant };
}

/**
 * The participant, as `participantOf`; throws in the words of requests that livekit-server routes to the participant's
 * node.
 */
function memberOf(
  rooms: Rooms,
  request: { readonly room: string; readonly identity: string },
): { room: Room; participant: Participant } {
  const room = rooms.get(request.room);
  const participant = room?.participants.get(request.identity);
  if (!room || !participant) throw TwirpError.noServer();
  return { room, participant };
}

function updateParticipant(
  rooms: Rooms,
  request: UpdateParticipantRequest,
): ReturnType<Participant['toInfo']> {
  checkLimits(request);
  if (Buffer.byteLength(request.name) > MAX_NAME_BYTES) {
    throw TwirpError.overLimit('name length', MAX_NAME_BYTES);
  }
  const { room, participant } = participantOf(rooms, request);
  const reason = changeDetails(participant, request, { canUpdateMetadata: true });
  if (reason !== RequestResponse_Reason.OK) {
    throw TwirpError.overLimit('attribute size', MAX_ATTRIBUTE_BYTES);
  }
  if (request.permission) room.permit(participant, request.permission);
  room.update(participant);
  participant.refreshToken();
  return participant.toInfo();
}

function muteTrack(rooms: Rooms, request: MuteRoomTrackRequest): MuteRoomTrackResponse {
  const { room, participant } = memberOf(rooms, request);
  if (!request.muted) throw TwirpError.failedPrecondition('remote unmute not enabled');
  const track = room.setMuted(participant, request.trackSid, request.muted);
  if (!track) return new MuteRoomTrackResponse();
  const value = new MuteTrackRequest({ sid: request.trackSid, muted: request.muted });
  participant.signal.send({ case: 'mute', value });
  return new MuteRoomTrackResponse({ track });
}

function sendData(rooms: Rooms, request: SendDataRequest): SendDataResponse {
  const { data, nonce } = request;
  if (data.length > MAX_DATA_BYTES) throw TwirpError.overLimit('data size', MAX_DATA_BYTES);
  if (nonce.length > 0 && nonce.length !== NONCE_BYTES) {
    const message = `nonce should be 16-bytes or not present, got: ${nonce.length} bytes`;
    throw TwirpError.invalidArgument(message);
  }
  const room = rooms.get(request.room);
  if (!room) throw TwirpError.noServer();
  const wanted = new Set([...request.destinationSids, ...request.destinationIdentities]);
  const destinations = [...room.participants.values()].filter(
    (one) => wanted.has(one.sid) || wanted.has(one.identity),
  );
  if (wanted.size > 0 && destinations.length === 0) return new SendDataResponse();
  const topic = request.topic === undefined ? {} : { topic: request.topic };
  const user = new UserPacket({ payload: data, id: randomUUID(), nonce, ...topic });
  room.sendData(
    new DataPacket({
      kind: request.kind,
      destinationIdentities: destinations.map((one) => one.identity),
      value: { case: 'user', value: user },
    }),
  );
  return new SendDataResponse();
}

function checkLimits(request: {
  readonly metadata: string;
  readonly attributes?: Readonly<Record<string, string>>;
}): void {
  if (Buffer.byteLength(request.metadata) > MAX_METADATA_BYTES) {
    throw TwirpError.overLimit('metadata size', MAX_METADATA_BYTES);
  }
  const attributes = Object.entries(request.attributes ?? {})
    .flat()
    .join('');
  if (Buffer.byteLength(attributes) > MAX_ATTRIBUTE_BYTES) {
    throw TwirpError.overLimit('attribute size', MAX_ATTRIBUTE_BYTES);
  }
}
