// The two halves of a track: from its publisher to the server, and from the server to each receiver.
import type { AudioLevel } from './audio-level.js';
import type { Numbering } from './numbering.js';

/** A track that a participant publishes. */
export interface UpTrack {
  readonly sid: string;
  readonly mid: string;
  readonly level: AudioLevel;
  readonly numbering: Numbering;
  /** The track on its way to each subscriber, also to those whose connection has no section for it yet. */
  readonly downTracks: Set<DownTrack>;
  readonly publisherSid: string;
  payloadType: number;
  muted: boolean;
  /** Whether a packet has arrived. */
  started: boolean;
  /** Whether the other participants were told of it. */
  published: boolean;
  /** Whether the publisher was told that somebody has subscribed. */
  announcedSubscriber: boolean;
}

/** A track on its way to one receiver. `mid` is undefined until it has a section. */
export interface DownTrack {
  readonly track: UpTrack;
  readonly receiver: Receiver;
  readonly ssrc: number;
  payloadType: number;
  mid: string | undefined;
  /** Whether its section is negotiated; packets flow from then on. */
  isFlowing: boolean;
  /** Whether its receiver has paused it. */
  isPaused: boolean;
}

/** What a track needs of a receiver. */
export interface Receiver {
  sendMedia(packet: Buffer): void;
  unsubscribe(track: UpTrack): void;
}

/** A track in a section to the client. */
export interface OutgoingTrack {
  readonly ssrc: number;
  readonly participantSid: string;
  readonly trackSid: string;
}
