/** What the domain asks of a participant that listens in a call's room, unseen. */

/** What is known so far of one stretch of published text; told again whenever it grows. */
export interface TranscriptionPiece {
  /** The participant that it is attributed to. */
  speaker: string;
  /** It is an agent's own. */
  isAgent: boolean;
  /** Pieces with the same id are one segment; a later one replaces what was known of it. */
  segmentId: string;
  text: string;
  /** Nothing more follows in this piece. */
  done: boolean;
  /** The publisher says that the segment will not change any more. */
  final: boolean;
  /** Nobody vouches for it: whoever speaks may have written it itself, or others may have written into it. */
  unverified: boolean;
  at: Date;
}

/** A participant who was in the room and has left it. */
export interface ParticipantLeft {
  identity: string;
  sid: string;
  isAgent: boolean;
  /** LiveKit's word for why, e.g. `CLIENT_INITIATED`. */
  reason: string | null;
}

/** What is told of one room. */
export interface RoomListenerEvents {
  heard(piece: TranscriptionPiece): void;
  /** A participant's sound begins or stops to be loud. */
  loud(speaker: string, isLoud: boolean, at: Date): void;
  /** A participant is gone; the media server's webhook of it may come later, or be lost. */
  left(who: ParticipantLeft): void;
  /** Nobody listens any more: the room has ended, or the connection is lost. */
  gone(): void;
}

/** Listening in one room. */
export interface RoomSubscription {
  /** Leaves the room; `gone` is not called any more. */
  stop(): Promise<void>;
}

/** Joins rooms unseen and reads what agents publish there. */
export interface RoomListener {
  /**
   * Resolves once it hears; `null` where this machine cannot listen at all. Rejects when the room is out of reach.
   * Leaves a room in which nobody else is after `aloneMs`, at once by default.
   */
  listen(
    roomName: string,
    to: RoomListenerEvents,
    aloneMs?: number,
  ): Promise<RoomSubscription | null>;
}
