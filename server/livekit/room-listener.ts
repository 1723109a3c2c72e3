/** Listens in LiveKit rooms: a hidden participant that reads what agents publish as text, and sees when callers speak. */
import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type * as RtcNodeModule from '@livekit/rtc-node';
import type {
  Participant,
  RemoteTrackPublication,
  Room,
  TextStreamReader,
} from '@livekit/rtc-node';
import type {
  RoomSubscription,
  RoomListenerEvents,
  RoomListener,
} from '../domain/ports/room-listener.js';
import { followPackets } from './follow-packets.js';
import { TranscriptionStreams, TOPIC } from './transcription-streams.js';
import { mintListenerToken } from './listener-token.js';
import type { LivekitConfig } from './livekit-config.js';

const MAX_BYTES = 256 * 1024;
/** Open streams per participant; opening more closes that participant's oldest. */
const MAX_READERS = 64;

type RtcNode = typeof RtcNodeModule;

/** Told once when this machine cannot listen. */
export interface ListenerLog {
  warn(line: string): void;
}

/** A listener that can be got ready. */
export interface LivekitListener extends RoomListener {
  /** Loads what joining a room takes, ahead of the first one. */
  prepare(): void;
}

/** `@livekit/rtc-node` is loaded at the first need; without it every `listen` answers `null`. */
export function createRoomListener(config: LivekitConfig, log: ListenerLog): LivekitListener {
  let loading: Promise<RtcNode | null> | null = null;
  const load = (): Promise<RtcNode | null> =>
    (loading ??= import('@livekit/rtc-node').catch(() => {
      log.warn(
        'calls whose agent reports nothing get no transcript: @livekit/rtc-node is not installed',
      );
      return null;
    }));
  return {
    prepare: () => void load(),
    listen: async (roomName, to, aloneMs = 0) => {
      const rtc = await load();
      return rtc && join(rtc, config, roomName, to, aloneMs);
    },
  };
}

async function join(
  rtc: RtcNode,
  config: LivekitConfig,
  roomName: string,
  to: RoomListenerEvents,
  aloneMs: number,
): Promise<RoomSubscription> {
  const room = new rtc.Room();
  const token = await mintListenerToken(config, roomName, `listener_${randomUUID()}`);
  let isOver = false;
  let alone: NodeJS.Timeout | undefined = undefined;
  const agents = new Set<string>();
  const streams = new TranscriptionStreams({
    isAgent: (identity) =>
      agents.has(identity) ||
      room.remoteParticipants.get(identity)?.kind === rtc.ParticipantKind.AGENT,
    tell: (piece) => {
      if (!isOver) to.heard(piece);
    },
  });
  let unfollow = (): void => undefined;
  const leave = async (): Promise<void> => {
    if (isOver) return;
    streams.hurry();
    isOver = true;
    unfollow();
    clearTimeout(alone);
    await room.disconnect().catch(() => undefined);
    forget(room);
  };
  const readers = new Map<string, Set<TextStreamReader>>();
  room.registerTextStreamHandler(TOPIC, (reader, { identity }) => {
    if (isOver) {
      void reader.close();
      return;
    }
    const open = readers.get(identity) ?? new Set();
    readers.set(identity, open.add(reader));
    const [oldest] = open;
    if (oldest && open.size > MAX_READERS) {
      open.delete(oldest);
      void oldest.close();
    }
    void streams.read(identity, reader.info.streamId, reader).finally(() => open.delete(reader));
  });
  followLoudness(rtc, room, to);
  room.on(rtc.RoomEvent.ParticipantDisconnected, (one) => {
    const { identity, sid = '', kind, disconnectReason } = one;
    const reason = disconnectReason === undefined ? null : rtc.DisconnectReason[disconnectReason];
    if (!isOver) to.left({ identity, sid, isAgent: kind === rtc.ParticipantKind.AGENT, reason });
  });
  room.on(rtc.RoomEvent.Disconnected, () => {
    if (isOver) return;
    void leave();
    to.gone();
  });
  try {
    const connected = room.connect(config.url.replace(/^http/, 'ws'), token, {
      autoSubscribe: false,
      dynacast: false,
      dataStream: { maxPayloadByteLength: MAX_BYTES },
    });
    // Its native side is there now at the latest, and holds back what happens until it is connected.
    unfollow = followPackets(room, streams, agents);
    await connected;
  } catch (error) {
    isOver = true;
    unfollow();
    forget(room);
    throw error;
  }
  for (const one of room.remoteParticipants.values()) {
    for (const publication of one.trackPublications.values()) takeSound(rtc, publication, one);
  }
  // Alone: either the first participant is still joining, or the room was gone and joining made a new one.
  alone = setTimeout(() => {
    if (room.remoteParticipants.size === 0 && !isOver) void leave().then(to.gone);
  }, aloneMs);
  return { stop: leave };
}

/** LiveKit reports the loudness of subscribed tracks only; an agent's is not needed. */
function takeSound(rtc: RtcNode, publication: RemoteTrackPublication, from: Participant): void {
  const isCaller = from.kind !== rtc.ParticipantKind.AGENT;
  if (isCaller && publication.kind === rtc.TrackKind.KIND_AUDIO) publication.setSubscribed(true);
}

function followLoudness(rtc: RtcNode, room: Room, to: RoomListenerEvents): void {
  room.on(rtc.RoomEvent.TrackPublished, (publication, from) => takeSound(rtc, publication, from));
  let loud = new Set<string>();
  room.on(rtc.RoomEvent.ActiveSpeakersChanged, (speakers: Participant[]) => {
    const now = new Set(speakers.map((speaker) => speaker.identity));
    const at = new Date();
    for (const identity of now) if (!loud.has(identity)) to.loud(identity, true, at);
    for (const identity of loud) if (!now.has(identity)) to.loud(identity, false, at);
    loud = now;
  });
}

/** Removes the subscription that the library leaves behind for a room that the server ended, which would leak the room. */
function forget(room: Room): void {
  const { _ffiClientInstance: bus } = globalThis as { _ffiClientInstance?: EventEmitter };
  const { onFfiEvent } = room as unknown as { onFfiEvent?: (event: unknown) => void };
  if (bus && onFfiEvent) bus.off('ffi_event', onFfiEvent);
  room.removeAllListeners();
}
