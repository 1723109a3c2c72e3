// The two halves of a track: as its publisher sends it, and on its way to each receiver.
import type { AudioLevel } from './audio-level.js';
import type { Numbering } from './numbering.js';

/** A track that one participant sends and others may receive. */
export interface UpTrack {
  readonly sid: string;
  readonly mid: string;
  readonly level: AudioLevel;
  readonly numbering: Numbering;
  /** Everyone who is to receive it, also those whose connection has no place for it yet. */
  readonly downTracks: Set<DownTrack>;
  readonly publisherSid: string;
  payloadType: number;
  muted: boolean;
  /** Whether a packet has come. */
  started: boolean;
  /** Whether others were told of it. */
  published: boolean;
  /** Whether the publisher has been told that somebody receives the track. */
  announcedSubscriber: boolean;
}

/** One track on its way to one receiver; `mid` is undefined until a section was found for it. */
export interface DownTrack {
  readonly track: UpTrack;
  readonly receiver: Receiver;
  readonly ssrc: number;
  payloadType: number;
  mid: string | undefined;
  /** Whether its section is agreed: packets flow from then on. */
  isFlowing: boolean;
  /** Switched off by its receiver. */
  isPaused: boolean;
}

/** What a track knows of those who receive it. */
export interface Receiver {
  sendMedia(packet: Buffer): void;
  unsubscribe(track: UpTrack): void;
}

/** A track that is sent to the client in one section. */
export interface OutgoingTrack {
  readonly ssrc: number;
  readonly participantSid: string;
  readonly trackSid: string;
}
