/** What is said right now in rooms of calls that somebody follows: words that still change, and who is loud. */
import type { CallRow } from '../ports/rows.js';
import type { RoomListener, RoomSubscription, TranscriptionPiece } from '../ports/room-listener.js';
import { cutText } from '../templates/cut-text.js';
import { sinceStart } from '../since-start.js';
import type { LiveMoment } from './live-event.js';

/** Rooms that one process is in for this. */
const MAX_ROOMS = 50;
const MAX_CHARS = 2_000;
/** After a room that could not be joined, or was lost. */
const RETRY_MS = 5_000;

/** Told of everything in a room. */
type Hear = (moment: LiveMoment) => void;

interface LiveRoom {
  hearers: Set<Hear>;
  joining: Promise<RoomSubscription | null> | null;
  retryAt: number;
}

/** One subscription a room, however many follow its call. */
export class LiveRooms {
  readonly #listener: RoomListener | undefined;
  readonly #rooms = new Map<string, LiveRoom>();

  constructor(listener: RoomListener | undefined) {
    this.#listener = listener;
  }

  /** Joins the call's room when it is time to; safe to repeat. What a call does not keep is not heard either. */
  follow(call: CallRow, hear: Hear): void {
    const isOpen = call.started_at !== null && call.ended_at === null;
    if (!this.#listener || !isOpen || call.opt_out_sensitive_data_storage) return;
    let room = this.#rooms.get(call.id);
    if (!room) {
      if (this.#rooms.size >= MAX_ROOMS) return;
      room = { hearers: new Set(), joining: null, retryAt: 0 };
      this.#rooms.set(call.id, room);
    }
    room.hearers.add(hear);
    if (!room.joining && Date.now() >= room.retryAt) this.#join(this.#listener, call, room);
  }

  /** The last one to leave leaves the room. */
  leave(callId: string, hear: Hear): void {
    const room = this.#rooms.get(callId);
    room?.hearers.delete(hear);
    if (!room || room.hearers.size > 0) return;
    this.#rooms.delete(callId);
    void room.joining?.then((one) => one?.stop()).catch(() => undefined);
  }

  #join(listener: RoomListener, call: CallRow, room: LiveRoom): void {
    const tell = (moment: LiveMoment): void => {
      for (const hear of room.hearers) hear(moment);
    };
    const lost = (): void => {
      room.joining = null;
      room.retryAt = Date.now() + RETRY_MS;
    };
    const roleOf = ({ speaker, isAgent }: TranscriptionPiece): 'user' | 'agent' | null =>
      speaker === call.caller_identity ? 'user' : isAgent ? 'agent' : null;
    room.joining = listener.listen(call.room_name, {
      heard: (piece) => {
        const role = roleOf(piece);
        if (!role || piece.unverified) return;
        const text = cutText(piece.text, MAX_CHARS).toWellFormed();
        tell({ type: 'interim', role, text, at_ms: sinceStart(call, piece.at) });
      },
      loud: (speaker, loud, at) => {
        if (speaker === call.caller_identity) {
          tell({ type: 'level', role: 'user', loud, at_ms: sinceStart(call, at) });
        }
      },
      left: () => undefined,
      gone: lost,
    });
    room.joining.catch(lost);
  }
}
