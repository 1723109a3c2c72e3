/** Assembles turns from the transcription pieces published in a room; loudness of the caller gives a turn's times. */
import { UNSAID } from '../jobs/turn-rows.js';
import type { ReportedTurn } from '../jobs/turn-rows.js';
import type { TranscriptionPiece } from '../ports/room-listener.js';
import { cutText } from '../templates/cut-text.js';

/** Of one speaker. */
const MAX_OPEN = 32;
/** Unverified turns per call: a participant that writes its own lines must not fill the transcript. */
const MAX_UNVERIFIED = 100;
/** Segments remembered to recognise repeats, which come soon or not at all. */
const MAX_TOLD = 1_000;
const MAX_CHARS = 20_000;
const MAX_ID_CHARS = 100;
/** A pause this short does not begin a new utterance. */
const PAUSE_MS = 1_500;
/** A transcription arrives after its sound, by at most this much. */
const WORDS_LAG_MS = 5_000;

/** A turn that still changes. */
interface Segment {
  turn: ReportedTurn;
  speaker: string;
  /** The last piece was heard to its end. */
  isWhole: boolean;
}

/** For one call. Needs every event in the order of its arrival. */
export class TranscriptAssembler {
  readonly #caller: string;
  readonly #tell: (turn: ReportedTurn) => void;
  readonly #open = new Map<string, Segment>();
  readonly #told = new Set<string>();
  #sound: { from: Date; to: Date | null } | null = null;
  /** Start of the latest utterance: a stray sound must not put a later turn before it. */
  #latestStart: Date | null = null;
  #unverified = 0;

  /** `caller`: the identity of the one who called. */
  constructor(caller: string, tell: (turn: ReportedTurn) => void) {
    this.#caller = caller;
    this.#tell = tell;
  }

  /** Ignores pieces of a segment that was already settled: they are repeats. */
  heard(piece: TranscriptionPiece): void {
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

  /** Only the caller's loudness is used, because its transcription comes long after the sound. */
  loud(speaker: string, isLoud: boolean, at: Date): void {
    if (speaker !== this.#caller) return;
    const sound = this.#sound;
    if (!isLoud) {
      if (sound) sound.to = at;
    } else if (sound?.to && at.getTime() - sound.to.getTime() < PAUSE_MS) sound.to = null;
    else if (!sound || sound.to) this.#sound = { from: at, to: null };
  }

  /** The caller has hung up, so whatever the agent says from now on is not part of the call. */
  left(): void {
    for (const [key, segment] of [...this.#open]) {
      if (segment.turn.role === 'agent') this.#settle(key, segment);
    }
  }

  /** Settles the agent's segments that are complete: agents do not mark theirs as final. */
  settleWhole(): void {
    for (const [key, segment] of [...this.#open]) {
      if (segment.turn.role === 'agent' && segment.isWhole) this.#settle(key, segment);
    }
  }

  /** Settles everything that is open, finished or not. */
  settleAll(): void {
    for (const [key, segment] of [...this.#open]) this.#settle(key, segment);
  }

  /** `null` for participants that are neither caller nor agent. */
  #roleOf(piece: TranscriptionPiece): ReportedTurn['role'] | null {
    if (piece.speaker === this.#caller) return 'user';
    return piece.isAgent ? 'agent' : null;
  }

  #begin(key: string, piece: TranscriptionPiece, role: ReportedTurn['role']): Segment | null {
    const { speaker, unverified, at } = piece;
    const word = unverified ? 'unverified' : role;
    const id = cutText(`${word}_${piece.segmentId}`, MAX_ID_CHARS);
    if (unverified && (this.#unverified += 1) > MAX_UNVERIFIED) return null;
    // An unverified line does not prove that the other side has finished.
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

  #endOf(turn: ReportedTurn): Date {
    if (turn.role === 'agent' || turn.unverified) return turn.ended_at;
    const sound = this.#sound;
    if (!sound || sound.from > turn.ended_at) return turn.ended_at;
    const end = sound.to && sound.to > turn.started_at ? sound.to : turn.ended_at;
    // The sound that follows belongs to the next utterance.
    this.#sound = sound.to ? null : { from: turn.ended_at, to: null };
    return end < turn.ended_at ? end : turn.ended_at;
  }
}
