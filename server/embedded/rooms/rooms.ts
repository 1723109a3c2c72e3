// All rooms of this server: creates them, ticks them, and lets their agents know.
import { DisconnectReason, RoomConfiguration } from '@livekit/protocol';
import type { Dispatcher } from '../agents/dispatcher.js';
import { findLost } from './connection-watch.js';
import { DeletedRooms } from './deleted-rooms.js';
import { Room } from './room.js';
import type { Webhooks } from './webhooks.js';

const TICK_MS = 1000;
const SPEAKER_MS = 400;

export class Rooms {
  readonly #rooms = new Map<string, Room>();
  readonly #deleted = new DeletedRooms();
  readonly #webhooks: Webhooks;
  readonly #dispatcher: Dispatcher;
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(webhooks: Webhooks, dispatcher: Dispatcher) {
    this.#webhooks = webhooks;
    this.#dispatcher = dispatcher;
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MS),
      setInterval(() => {
        for (const room of this.#rooms.values()) room.measureSpeakers();
      }, SPEAKER_MS),
    ];
  }

  get(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  all(): Room[] {
    return [...this.#rooms.values()];
  }

  /** Returns the room of that name; only a new one takes `config` and its agents. */
  getOrCreate(name: string, config = new RoomConfiguration()): Room {
    const existing = this.#rooms.get(name);
    if (existing) return existing;
    const room = new Room(name, config, this.#webhooks, {
      participantJoined: (to, who) => this.#dispatcher.participantJoined(to, who),
      participantPublished: (to, who) => this.#dispatcher.participantPublished(to, who),
      participantLeft: (from, who) => {
        // Replaced by itself: an agent that lost its socket comes back as a new participant.
        if (who.disconnectReason === DisconnectReason.DUPLICATE_IDENTITY) return;
        if (who.isAgent) this.#dispatcher.agentLeft(from, who.identity);
      },
      closed: (closed) => {
        this.#rooms.delete(closed.name);
        this.#dispatcher.roomClosed(closed);
      },
    });
    this.#rooms.set(name, room);
    this.#dispatcher.roomStarted(room, config.agents);
    return room;
  }

  /** Like `getOrCreate`, asked for by API: also a room that was deleted before. */
  create(name: string, config?: RoomConfiguration): Room {
    this.#deleted.forget(name);
    return this.getOrCreate(name, config);
  }

  /** Whether the room was deleted by API, and not created by it again. */
  isDeleted(name: string): boolean {
    return this.#deleted.has(name);
  }

  /** Deletes a room by API, after the last words of its agents; from now on nobody joins it. False: there was none. */
  async delete(name: string): Promise<boolean> {
    this.#deleted.add(name);
    const room = this.#rooms.get(name);
    await room?.lastWords();
    room?.close(DisconnectReason.ROOM_DELETED);
    return room !== undefined;
  }

  /** Closes every room, telling everybody in them. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const room of this.all()) room.close(DisconnectReason.SERVER_SHUTDOWN);
  }

  #tick(): void {
    const now = Date.now();
    for (const room of this.all()) {
      for (const lost of findLost(room.participants.values(), now)) {
        room.remove(lost.participant, lost.reason);
      }
      room.tick(now);
    }
  }
}
