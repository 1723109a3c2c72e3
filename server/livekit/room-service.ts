/** LiveKit's RoomService, as far as calls need it. */
import { isNotFound } from './livekit-error.js';
import { rowsIn } from './rows-in.js';
import { callTwirp } from './twirp.js';
import { participantKind } from './webhook.js';
import type { LivekitConfig } from './livekit-config.js';

/** A room that exists now. */
export interface LivekitRoom {
  name: string;
  sid: string;
  participants: number;
}

/** Somebody in a room now. */
export interface LivekitParticipant {
  sid: string;
  identity: string;
  kind: 'caller' | 'agent' | 'other';
  /** Media is up, not only the socket. */
  active: boolean;
  joinedAt: Date | null;
}

/** The rooms that exist; with names, those of them that exist. */
export async function listRooms(
  config: LivekitConfig,
  names: readonly string[] = [],
): Promise<LivekitRoom[]> {
  const answer = await callTwirp(config, {
    service: 'RoomService',
    method: 'ListRooms',
    body: { names },
    grant: { roomList: true },
  });
  return rowsIn(answer.rooms, 'ListRooms').map((room) => ({
    name: String(room.name ?? ''),
    sid: String(room.sid ?? ''),
    participants: Number(room.num_participants ?? room.numParticipants ?? 0),
  }));
}

/** Ends the room for everybody. A room that is already gone is no error. */
export async function deleteRoom(config: LivekitConfig, room: string): Promise<void> {
  try {
    await callTwirp(config, {
      service: 'RoomService',
      method: 'DeleteRoom',
      body: { room },
      grant: { roomCreate: true },
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** Who is in the room; `null` when the room does not exist. */
export async function listParticipants(
  config: LivekitConfig,
  room: string,
): Promise<LivekitParticipant[] | null> {
  try {
    const answer = await callTwirp(config, {
      service: 'RoomService',
      method: 'ListParticipants',
      body: { room },
      grant: { roomAdmin: true, room },
    });
    return rowsIn(answer.participants, 'ListParticipants').map(readParticipant);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Takes one participant out. One that is already gone is no error. */
export async function removeParticipant(
  config: LivekitConfig,
  room: string,
  identity: string,
): Promise<void> {
  try {
    await callTwirp(config, {
      service: 'RoomService',
      method: 'RemoveParticipant',
      body: { room, identity },
      grant: { roomAdmin: true, room },
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function readParticipant(row: Record<string, unknown>): LivekitParticipant {
  const seconds = Number(row.joined_at ?? row.joinedAt ?? 0);
  const joined = Number(row.joined_at_ms ?? row.joinedAtMs ?? 0) || seconds * 1000;
  return {
    sid: String(row.sid ?? ''),
    identity: String(row.identity ?? ''),
    kind: participantKind(row.kind),
    active: row.state === 'ACTIVE' || row.state === 2,
    joinedAt: joined > 0 ? new Date(joined) : null,
  };
}
