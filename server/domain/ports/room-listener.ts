/** What the domain asks of a pair of ears in a call's room. */

/** What is known so far of one stretch of published text; told again whenever it grows. */
export interface HeardPiece {
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

/** Somebody who was in the room and has left it. */
export interface HeardLeaving {
  identity: string;
  sid: string;
  isAgent: boolean;
  /** LiveKit's word for why, e.g. `CLIENT_INITIATED`. */
  reason: string | null;
}

/** Who is told. */
export interface HeardBy {
  heard(piece: HeardPiece): void;
  /** A participant begins or stops to be loud. */
  loud(speaker: string, isLoud: boolean, at: Date): void;
  /** A participant is gone, however the media server's own hint of it fared. */
  left(who: HeardLeaving): void;
  /** Nobody listens any more: the room has ended, or the connection is lost. */
  gone(): void;
}

/** Ears in one room. */
export interface Ears {
  /** Leaves the room; `gone` is not called any more. */
  stop(): Promise<void>;
}

/** Joins rooms unseen and reads what agents publish there. */
export interface RoomListener {
  /**
   * Resolves once it hears; `null` where this machine cannot listen at all. Rejects when the room is out of reach.
   * Leaves a room in which nobody else is after `aloneMs`, at once by default.
   */
  listen(roomName: string, to: HeardBy, aloneMs?: number): Promise<Ears | null>;
}
