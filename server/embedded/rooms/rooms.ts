// All rooms of this server: creates and deletes them, runs their timers, and connects them with the dispatcher.
import { DisconnectReason, RoomConfiguration } from '@livekit/protocol';
import type { Dispatcher } from '../agents/dispatcher.js';
import { findLost } from './connection-watch.js';
import { DeletedRooms } from './deleted-rooms.js';
import { Room } from './room.js';
import type { Webhooks } from './webhooks.js';

const TICK_MS = 1000;
const SPEAKER_MS = 400;

/** The rooms by name. */
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

  /** The room of that name, created when it does not exist; `config` and its agents apply to a new one only. */
  getOrCreate(name: string, config = new RoomConfiguration()): Room {
    const existing = this.#rooms.get(name);
    if (existing) return existing;
    const room = new Room(name, config, this.#webhooks, {
      participantJoined: (to, who) => this.#dispatcher.participantJoined(to, who),
      participantPublished: (to, who) => this.#dispatcher.participantPublished(to, who),
      participantLeft: (from, who) => {
        // An agent that lost its socket has rejoined as a new participant under its identity: its job goes on.
        if (who.disconnectReason === DisconnectReason.DUPLICATE_IDENTITY) return;
        // One that never was there may be dying with its worker, whose job is then another's.
        if (who.isAgent && who.wasActive) this.#dispatcher.agentLeft(from, who.identity);
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

  /** As `getOrCreate`, by API: also a room that was deleted before. */
  create(name: string, config?: RoomConfiguration): Room {
    this.#deleted.forget(name);
    return this.getOrCreate(name, config);
  }

  /** Whether the room was deleted by API and not created by it again. */
  isDeleted(name: string): boolean {
    return this.#deleted.has(name);
  }

  /**
   * Deletes a room by API, after its agents have finished their texts. Nobody can join it afterwards. False: there was
   * none.
   */
  async delete(name: string): Promise<boolean> {
    this.#deleted.add(name);
    const room = this.#rooms.get(name);
    await room?.drainAgentTexts();
    room?.close(DisconnectReason.ROOM_DELETED);
    return room !== undefined;
  }

  /** Closes every room and disconnects its participants. */
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
