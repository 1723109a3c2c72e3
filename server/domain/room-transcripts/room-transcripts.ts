/** Listens in the rooms of calls whose agent reports nothing, so that those too have a transcript. */
import { newId } from '../ids.js';
import type { ToldTurn } from '../jobs/turn-rows.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import { applyRoomEvent } from '../rooms/apply-room-event.js';
import type { RoomObserver } from '../rooms/room-observer.js';
import type { Ears, HeardBy, HeardLeaving, RoomListener } from '../ports/room-listener.js';
import { TranscriptAssembler } from './transcript-assembler.js';
import { addHeardTurns, dropLease, takeLease } from './lease.js';

/** So many rooms at once in one process; other processes may take the rest. */
const MAX_ROOMS = 100;
const MAX_WAITING = 1_000;
/** Whoever makes a room joins it within this, or not at all. */
const ROOM_MAKER_MS = 20_000;

interface Listened {
  hearing: TranscriptAssembler;
  ears: Ears | null;
  waiting: ToldTurn[];
  writing: Promise<void>;
  isOver: boolean;
}

/** The transcripts that this process writes by listening. */
export interface RoomTranscripts extends RoomObserver {
  /** Renews what is listened to, ends what needs it no more, takes over what nobody hears. */
  round(): Promise<void>;
  /** Leaves every room; another process may go on. */
  stop(): Promise<void>;
}

/** Begins with nothing; without a `roomListener` it stays so. */
export function createRoomTranscripts(ports: DomainPorts): RoomTranscripts {
  const me = newId('listener');
  const rooms = new Map<string, Listened>();
  const joining = new Set<string>();
  let listener = ports.roomListener ?? null;
  /** The latest agent to be heard of told its call itself: the next one will. */
  let isTold = false;

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
    const hearing = new TranscriptAssembler(call.caller_identity, (turn) => {
      if (turn.role === 'agent') isTold = false;
      if (listened.waiting.length < MAX_WAITING) listened.waiting.push(turn);
      void write(call.id, listened);
    });
    const listened: Listened = {
      hearing,
      ears: null,
      waiting: [],
      writing: Promise.resolve(),
      isOver: false,
    };
    rooms.set(call.id, listened);
    try {
      const to: HeardBy = {
        heard: (piece) => hearing.heard(piece),
        loud: (speaker, isLoud, at) => hearing.loud(speaker, isLoud, at),
        left: (who) => {
          const hasHungUp = who.reason === 'CLIENT_INITIATED';
          if (who.identity === call.caller_identity && hasHungUp) hearing.left();
          void tellLeft(call.room_name, who).catch(() => undefined);
        },
        gone: () => void end(call.id, listened),
      };
      listened.ears = await through.listen(call.room_name, to, aloneMs);
    } catch {
      await end(call.id, listened);
      return;
    }
    if (!listened.ears) {
      listener = null;
      await end(call.id, listened);
    } else if (listened.isOver) await listened.ears.stop();
  }

  /** The same hint as the media server's own, which may be lost; whichever comes first counts. */
  async function tellLeft(roomName: string, who: HeardLeaving): Promise<void> {
    const { identity, sid, isAgent, reason } = who;
    await applyRoomEvent(ports, {
      id: `heard ${roomName} ${identity} ${sid}`,
      event: 'participant_left',
      createdAt: null,
      roomName,
      participant: { sid, identity, kind: isAgent ? 'agent' : 'caller', disconnectReason: reason },
    });
  }

  /** What the database does not take now is tried again with the next words or the next round. */
  function write(callId: string, listened: Listened): Promise<void> {
    listened.writing = listened.writing.then(async () => {
      const turns = listened.waiting.splice(0);
      if (turns.length === 0) return;
      try {
        await addHeardTurns(ports, callId, me, turns);
      } catch {
        listened.waiting.unshift(...turns);
      }
    });
    return listened.writing;
  }

  async function end(callId: string, listened: Listened): Promise<void> {
    if (listened.isOver) return;
    listened.isOver = true;
    await listened.ears?.stop().catch(() => undefined);
    listened.hearing.settleAll();
    await write(callId, listened);
    rooms.delete(callId);
    await dropLease(ports, callId, me).catch(() => undefined);
  }

  async function renew(callId: string, listened: Listened): Promise<void> {
    listened.hearing.settleWhole();
    await write(callId, listened);
    if (!(await takeLease(ports, callId, me))) await end(callId, listened);
  }

  return {
    // The agent may greet at once, and what is said before is lost.
    roomStarted: (callId) => {
      if (!isTold) void begin(callId, ROOM_MAKER_MS);
    },
    participantJoined: (callId) => void begin(callId),
    jobClaimed: (callId) => {
      isTold = true;
      const listened = rooms.get(callId);
      if (listened) void end(callId, listened);
    },
    round: async () => {
      if (!listener) return;
      await Promise.all([...rooms].map(([callId, listened]) => renew(callId, listened)));
      const unheard = await ports.store.unheardCalls(ports.clock.now(), MAX_ROOMS);
      await Promise.all(unheard.map((callId) => begin(callId)));
    },
    stop: async () => {
      listener = null;
      await Promise.all([...rooms].map(([callId, listened]) => end(callId, listened)));
    },
  };
}
