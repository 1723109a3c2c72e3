/** Assembles the conversation from the pieces that come in. */
import type { TranscriptPiece } from '../media/media-port.js';
import type { TranscriptSegment } from './transcript-segment.js';

/** Segments in the order of their first word. */
export class Transcript {
  readonly #prefix: string;
  #segments: readonly TranscriptSegment[] = [];
  #typed = 0;

  /** `call` keeps the ids of one call apart from those of another on the same page. */
  constructor(call = '') {
    this.#prefix = call && `${call}:`;
  }

  get segments(): readonly TranscriptSegment[] {
    return this.#segments;
  }

  /** The segment as it is now; `null` when the piece changes nothing that may be shown. */
  take(piece: TranscriptPiece, now: number): TranscriptSegment | null {
    const id = `${this.#prefix}${piece.role}:${piece.segmentId}`;
    const old = this.#segments.find((segment) => segment.id === id);
    const text = piece.text.trim();
    // A late interim text must not undo a final one.
    if (old?.final && !piece.final) return null;
    if (!old && !text) return null;
    const kept = text || old?.text || '';
    if (old && old.text === kept && old.final === piece.final) return null;
    return this.#put({
      id,
      role: piece.role,
      text: kept,
      final: piece.final,
      startedAt: old?.startedAt ?? now,
      via: 'speech',
    });
  }

  /** What the caller typed. */
  addTyped(text: string, now: number): TranscriptSegment {
    this.#typed += 1;
    const id = `${this.#prefix}user:typed-${this.#typed}`;
    return this.#put({ id, role: 'user', text, final: true, startedAt: now, via: 'text' });
  }

  /** The call is over: nothing will change any more. Returns the segments that were still open. */
  close(): TranscriptSegment[] {
    const open = this.#segments.filter((segment) => !segment.final);
    return open.map((segment) => this.#put({ ...segment, final: true }));
  }

  #put(segment: TranscriptSegment): TranscriptSegment {
    const known = this.#segments.some((other) => other.id === segment.id);
    this.#segments = known
      ? this.#segments.map((other) => (other.id === segment.id ? segment : other))
      : [...this.#segments, segment];
    return segment;
  }
}
