/** Names of rooms: unguessable, and telling whose they are on a media server that others use as well. */
import { newId } from '../ids.js';

const ROOM_NAME = /^call_room_[0-9A-Za-z]{21}\.(ws_[0-9A-Za-z]{21})$/;
const TRIAL_NAME = /^trial_room_[0-9A-Za-z]{21}\.(\d{1,12})\.(ws_[0-9A-Za-z]{21})$/;

/** A room to try the way to the media server in. */
export interface TrialRoom {
  workspaceId: string;
  /** When it is deleted, whoever is in it. */
  until: Date;
}

/** A name for one call's room, such as `call_room_7Q….ws_2f…`. */
export function newRoomName(workspaceId: string): string {
  return `${newId('call_room')}.${workspaceId}`;
}

/** The workspace whose call's room has such a name; `null` for a name of another form. */
export function workspaceOfRoom(roomName: string): string | null {
  return ROOM_NAME.exec(roomName)?.[1] ?? null;
}

/** A name for a room that is deleted at that moment, to the second: any process, also a later one, can tell from it. */
export function newTrialRoomName({ workspaceId, until }: TrialRoom): string {
  return `${newId('trial_room')}.${Math.floor(until.getTime() / 1_000)}.${workspaceId}`;
}

/** What such a name says; `null` for a name of another form. */
export function trialOfRoom(roomName: string): TrialRoom | null {
  const [, seconds, workspaceId] = TRIAL_NAME.exec(roomName) ?? [];
  return workspaceId ? { workspaceId, until: new Date(Number(seconds) * 1_000) } : null;
}
