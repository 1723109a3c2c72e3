/** Makes turns of what is heard in a room: interim words become one turn, loudness gives its times. */
import { UNSAID } from '../jobs/turn-rows.js';
import type { ToldTurn } from '../jobs/turn-rows.js';
import type { HeardPiece } from '../ports/room-listener.js';
import { cutText } from '../templates/cut-text.js';

/** Of one speaker. */
const MAX_OPEN = 32;
/** Of a whole call: whoever writes its own lines must not use up the transcript. */
const MAX_UNVERIFIED = 100;
/** Repeats come soon, or not at all. */
const MAX_TOLD = 1_000;
const MAX_CHARS = 20_000;
const MAX_ID_CHARS = 100;
/** A pause this short does not begin a new utterance. */
const PAUSE_MS = 1_500;
/** Words come after the sound, but not later than this. */
const WORDS_LAG_MS = 5_000;

/** A turn that still changes. */
interface Segment {
  turn: ToldTurn;
  speaker: string;
  /** The last piece was heard to its end. */
  isWhole: boolean;
}

/** One call's hearing. Give it everything in the order of arrival. */
export class TranscriptAssembler {
  readonly #caller: string;
  readonly #tell: (turn: ToldTurn) => void;
  readonly #open = new Map<string, Segment>();
  readonly #told = new Set<string>();
  #sound: { from: Date; to: Date | null } | null = null;
  /** When the latest utterance began: the order of the words is never that of a stray sound. */
  #latestStart: Date | null = null;
  #unverified = 0;

  /** `caller`: the identity of the one who called. */
  constructor(caller: string, tell: (turn: ToldTurn) => void) {
    this.#caller = caller;
    this.#tell = tell;
  }

  /** Pieces of a segment that was told already are repeats. */
  heard(piece: HeardPiece): void {
    const role = this.#roleOf(piece);
    if (!role) return;
    if (piece.segmentId === '') return;
    const key = JSON.stringify([piece.speaker, piece.unverified, piece.segmentId]);
    if (this.#told.has(key)) return;
    const segment = this.#open.get(key) ?? this.#begin(key, piece, role);
    if (!segment) return;
    if (piece.text !== '') segment.turn.content = cutText(piece.text, MAX_CHARS);
    segment.turn.ended_at = piece.at;
    segment.isWhole = piece.done;
    if (piece.done && piece.final) this.#settle(key, segment);
  }

  /** Of the caller only: whose words come long after the sound. */
  loud(speaker: string, isLoud: boolean, at: Date): void {
    if (speaker !== this.#caller) return;
    const sound = this.#sound;
    if (!isLoud) {
      if (sound) sound.to = at;
    } else if (sound?.to && at.getTime() - sound.to.getTime() < PAUSE_MS) sound.to = null;
    else if (!sound || sound.to) this.#sound = { from: at, to: null };
  }

  /** The caller has hung up: what an agent still says, nobody hears. */
  left(): void {
    for (const [key, segment] of [...this.#open]) {
      if (segment.turn.role === 'agent') this.#settle(key, segment);
    }
  }

  /** Tells the agent's segments that were heard to their end: nothing says whether they are final. */
  settleWhole(): void {
    for (const [key, segment] of [...this.#open]) {
      if (segment.turn.role === 'agent' && segment.isWhole) this.#settle(key, segment);
    }
  }

  /** Tells what is left, however unfinished. */
  settleAll(): void {
    for (const [key, segment] of [...this.#open]) this.#settle(key, segment);
  }

  /** Whoever else is in the room has no part in the transcript. */
  #roleOf(piece: HeardPiece): ToldTurn['role'] | null {
    if (piece.speaker === this.#caller) return 'user';
    return piece.isAgent ? 'agent' : null;
  }

  #begin(key: string, piece: HeardPiece, role: ToldTurn['role']): Segment | null {
    const { speaker, unverified, at } = piece;
    const word = unverified ? 'unverified' : role;
    const id = cutText(`${word}_${piece.segmentId}`, MAX_ID_CHARS);
    if (unverified && (this.#unverified += 1) > MAX_UNVERIFIED) return null;
    // Nobody's own lines say that somebody else has finished.
    if (!unverified) this.settleWhole();
    const own = [...this.#open].filter(
      ([, one]) => one.speaker === speaker && one.turn.unverified === unverified,
    );
    if (own[0] && own.length >= MAX_OPEN) this.#settle(...own[0]);
    const startedAt = unverified
      ? at
      : this.#afterLatest(role === 'user' ? this.#soundBefore(at) : at);
    if (!unverified) this.#latestStart = startedAt;
    const times = { started_at: startedAt, ended_at: at };
    const turn = { ...UNSAID, turn_id: id, role, content: '', ...times, unverified };
    const segment = { turn, speaker, isWhole: false };
    this.#open.set(key, segment);
    return segment;
  }

  #afterLatest(at: Date): Date {
    const latest = this.#latestStart;
    return latest && at <= latest ? new Date(latest.getTime() + 1) : at;
  }

  #soundBefore(at: Date): Date {
    const sound = this.#sound;
    if (!sound || (sound.to && at.getTime() - sound.to.getTime() > WORDS_LAG_MS)) return at;
    return sound.from;
  }

  #settle(key: string, segment: Segment): void {
    this.#open.delete(key);
    this.#told.add(key);
    const [oldest] = this.#told;
    if (oldest !== undefined && this.#told.size > MAX_TOLD) this.#told.delete(oldest);
    const { turn, isWhole } = segment;
    const content = turn.content.trim();
    if (content === '') return;
    this.#tell({
      ...turn,
      content,
      ended_at: this.#endOf(turn),
      interrupted: turn.role === 'agent' && !isWhole,
    });
  }

  #endOf(turn: ToldTurn): Date {
    if (turn.role === 'agent' || turn.unverified) return turn.ended_at;
    const sound = this.#sound;
    if (!sound || sound.from > turn.ended_at) return turn.ended_at;
    const end = sound.to && sound.to > turn.started_at ? sound.to : turn.ended_at;
    // What follows is another utterance, with a beginning of its own.
    this.#sound = sound.to ? null : { from: turn.ended_at, to: null };
    return end < turn.ended_at ? end : turn.ended_at;
  }
}
