/** Names of calls' rooms: unguessable, and telling whose they are on a media server that others use as well. */
import { newId } from '../ids.js';

const ROOM_NAME = /^call_room_[0-9A-Za-z]{21}\.(ws_[0-9A-Za-z]{21})$/;

/** A name for one call's room, such as `call_room_7Q….ws_2f…`. */
export function newRoomName(workspaceId: string): string {
  return `${newId('call_room')}.${workspaceId}`;
}

/** The workspace whose call's room has such a name; `null` for a name of another form. */
export function workspaceOfRoom(roomName: string): string | null {
  return ROOM_NAME.exec(roomName)?.[1] ?? null;
}
