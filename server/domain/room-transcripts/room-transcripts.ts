/** Writes transcripts of calls whose agent does not report, by listening in their rooms. */
import { newId } from '../ids.js';
import type { ReportedTurn } from '../jobs/turn-rows.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import { applyRoomEvent } from '../rooms/apply-room-event.js';
import type { RoomObserver } from '../rooms/room-observer.js';
import type {
  RoomSubscription,
  RoomListenerEvents,
  ParticipantLeft,
  RoomListener,
} from '../ports/room-listener.js';
import { TranscriptAssembler } from './transcript-assembler.js';
import { addHeardTurns, dropLease, takeLease } from './lease.js';

/** Rooms that one process listens to at once; other processes take the rest. */
const MAX_ROOMS = 100;
const MAX_WAITING = 1_000;
/** How long to stay alone in a new room: its maker joins within this time, or not at all. */
const ROOM_MAKER_MS = 20_000;

interface ListenedRoom {
  assembler: TranscriptAssembler;
  subscription: RoomSubscription | null;
  waiting: ReportedTurn[];
  writing: Promise<void>;
  isOver: boolean;
  /** Resolves when the room was left, and what was heard is stored, as far as the database takes it. */
  ending: Promise<void> | null;
}

/** The transcripts that this process writes by listening. */
export interface RoomTranscripts extends RoomObserver {
  /** Renews the leases of this process, leaves rooms that need no listener any more, and joins those that have none. */
  round(): Promise<void>;
  /** Leaves every room; another process may go on. */
  stop(): Promise<void>;
}

/** Listens to no room at first, and never to any without `ports.roomListener`. */
export function createRoomTranscripts(ports: DomainPorts): RoomTranscripts {
  const me = newId('listener');
  const rooms = new Map<string, ListenedRoom>();
  const joining = new Set<string>();
  let listener = ports.roomListener ?? null;
  /** Whether the agent seen last reported its own call: then the next one probably will. */
  let reportsItself = false;

  async function begin(callId: string, aloneMs = 0): Promise<void> {
    const isFull = rooms.size + joining.size >= MAX_ROOMS;
    if (!listener || isFull || rooms.has(callId) || joining.has(callId)) return;
    joining.add(callId);
    try {
      const call = await takeLease(ports, callId, me);
      if (call) await join(listener, call, aloneMs);
    } catch {
      // The next round tries again.
    } finally {
      joining.delete(callId);
    }
  }

  async function join(through: RoomListener, call: CallRow, aloneMs: number): Promise<void> {
    const assembler = new TranscriptAssembler(call.caller_identity, (turn) => {
      if (turn.role === 'agent') reportsItself = false;
      if (room.waiting.length < MAX_WAITING) room.waiting.push(turn);
      void write(call.id, room);
    });
    const room: ListenedRoom = {
      assembler,
      subscription: null,
      waiting: [],
      writing: Promise.resolve(),
      isOver: false,
      ending: null,
    };
    rooms.set(call.id, room);
    try {
      const to: RoomListenerEvents = {
        heard: (piece) => assembler.heard(piece),
        loud: (speaker, isLoud, at) => assembler.loud(speaker, isLoud, at),
        left: (who) => {
          const hasHungUp = who.reason === 'CLIENT_INITIATED';
          if (who.identity === call.caller_identity && hasHungUp) assembler.left();
          void tellLeft(call.room_name, who).catch(() => undefined);
        },
        gone: () => void end(call.id, room),
      };
      room.subscription = await through.listen(call.room_name, to, aloneMs);
    } catch {
      await end(call.id, room);
      return;
    }
    if (!room.subscription) {
      listener = null;
      await end(call.id, room);
    } else if (room.isOver) await room.subscription.stop();
  }

  /** The same event as the media server's webhook, which may be lost; whichever comes first counts. */
  async function tellLeft(roomName: string, who: ParticipantLeft): Promise<void> {
    const { identity, sid, isAgent, reason } = who;
    await applyRoomEvent(ports, {
      id: `heard ${roomName} ${identity} ${sid}`,
      event: 'participant_left',
      createdAt: null,
      roomName,
      participant: { sid, identity, kind: isAgent ? 'agent' : 'caller', disconnectReason: reason },
    });
  }

  /** If the database fails, the turns are retried with the next turn or the next round. */
  function write(callId: string, room: ListenedRoom): Promise<void> {
    room.writing = room.writing.then(async () => {
      const turns = room.waiting.splice(0);
      if (turns.length === 0) return;
      try {
        await addHeardTurns(ports, callId, me, turns);
      } catch {
        room.waiting.unshift(...turns);
      }
    });
    return room.writing;
  }

  /** Whoever asks again, as at the end of this process, waits for the same. */
  function end(callId: string, room: ListenedRoom): Promise<void> {
    room.isOver = true;
    return (room.ending ??= leave(callId, room));
  }

  async function leave(callId: string, room: ListenedRoom): Promise<void> {
    await room.subscription?.stop().catch(() => undefined);
    room.assembler.settleAll();
    await forget(callId, room);
  }

  /** Its last words wait for a database that is away: the next round brings them. */
  async function forget(callId: string, room: ListenedRoom): Promise<void> {
    await write(callId, room);
    if (room.waiting.length > 0) return;
    rooms.delete(callId);
    await dropLease(ports, callId, me).catch(() => undefined);
  }

  async function renew(callId: string, room: ListenedRoom): Promise<void> {
    if (room.isOver) {
      await room.ending;
      if (rooms.has(callId)) await forget(callId, room);
      return;
    }
    room.assembler.settleWhole();
    await write(callId, room);
    if (!(await takeLease(ports, callId, me))) await end(callId, room);
  }

  return {
    // Joins early, because the agent may greet at once and what was said before joining cannot be read.
    roomStarted: (callId) => {
      if (!reportsItself) void begin(callId, ROOM_MAKER_MS);
    },
    participantJoined: (callId) => void begin(callId),
    jobClaimed: (callId) => {
      reportsItself = true;
      const room = rooms.get(callId);
      if (room) void end(callId, room);
    },
    round: async () => {
      if (!listener) return;
      await Promise.all([...rooms].map(([callId, room]) => renew(callId, room)));
      const unheard = await ports.store.unheardCalls(ports.clock.now(), MAX_ROOMS);
      await Promise.all(unheard.map((callId) => begin(callId)));
    },
    stop: async () => {
      listener = null;
      await Promise.all([...rooms].map(([callId, room]) => end(callId, room)));
    },
  };
}
