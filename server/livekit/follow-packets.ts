/** Reads the packets of text streams from the media library's internal events, which name the true sender. */
import type { EventEmitter } from 'node:events';
import type { Room } from '@livekit/rtc-node';
import type { TranscriptionStreams } from './transcription-streams.js';

/** `@livekit/rtc-node` hands these on to nobody; it has them from its native side. */
type RoomEvent =
  | {
      case: 'participantConnected';
      value: { info?: { info?: { identity?: string; kind?: number } } };
    }
  | { case: 'streamHeaderReceived'; value: Sent & { header?: Header } }
  | { case: 'streamChunkReceived'; value: Sent & { chunk?: Chunk } }
  | { case: 'streamTrailerReceived'; value: Sent & { trailer?: Trailer } };

interface Sent {
  participantIdentity?: string;
}
interface Header {
  streamId?: string;
  topic?: string;
  attributes?: Record<string, string>;
}
interface Chunk {
  streamId?: string;
  chunkIndex?: bigint;
  content?: Uint8Array;
}
interface Trailer {
  streamId?: string;
  reason?: string;
  attributes?: Record<string, string>;
}
interface FfiEvent {
  message: { case?: string; value?: { roomHandle?: bigint; message?: RoomEvent } };
}

/** Agents' kind in the library's own numbers. */
const AGENT = 4;

/**
 * Tells `streams` of every packet in the room, and notes in `agents` who comes as one, in the order of arrival: the
 * library's own list of participants lags behind. Answers how to stop.
 */
export function followPackets(
  room: Room,
  streams: TranscriptionStreams,
  agents: Set<string>,
): () => void {
  const { _ffiClientInstance: bus } = globalThis as { _ffiClientInstance?: EventEmitter };
  const take = ({ message }: FfiEvent): void => {
    if (message.case !== 'roomEvent') return;
    const { ffiHandle } = room as unknown as { ffiHandle?: { handle: bigint } };
    const { roomHandle, message: event } = message.value ?? {};
    if (event && ffiHandle && roomHandle === ffiHandle.handle) takeEvent(event, streams, agents);
  };
  bus?.on('ffi_event', take);
  return () => void bus?.off('ffi_event', take);
}

function takeEvent(event: RoomEvent, streams: TranscriptionStreams, agents: Set<string>): void {
  if (event.case === 'participantConnected') {
    const { identity = '', kind } = event.value.info?.info ?? {};
    if (kind === AGENT) agents.add(identity);
    return;
  }
  switch (event.case) {
    case 'streamHeaderReceived': {
      const { streamId = '', topic = '', attributes = {} } = event.value.header ?? {};
      streams.header(event.value.participantIdentity ?? '', { streamId, topic, attributes });
      break;
    }
    case 'streamChunkReceived': {
      const {
        streamId = '',
        chunkIndex = 0n,
        content = new Uint8Array(),
      } = event.value.chunk ?? {};
      streams.chunk(event.value.participantIdentity ?? '', streamId, chunkIndex, content);
      break;
    }
    case 'streamTrailerReceived': {
      const { streamId = '', reason = '', attributes = {} } = event.value.trailer ?? {};
      streams.trailer(event.value.participantIdentity ?? '', streamId, reason, attributes);
      break;
    }
  }
}
