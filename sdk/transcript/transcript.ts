/** Builds the transcript from the transcriptions that arrive. */
import type { TranscriptPiece } from '../media/media-port.js';
import type { TranscriptSegment } from './transcript-segment.js';

/** The segments of a call, in the order in which they began. */
export class Transcript {
  readonly #prefix: string;
  #segments: readonly TranscriptSegment[] = [];
  #shown: readonly TranscriptSegment[] | null = null;
  #typed = 0;

  /**
   * `call` is a prefix of ids, different for each call of the page. `former`: what an earlier page has of the call. Nobody tells
   * this page how a segment went on that was open there: it stays as it was shown.
   */
  constructor(call = '', former: readonly TranscriptSegment[] = []) {
    this.#prefix = call && `${call}:`;
    this.#segments = former.map((one) => ({
      ...one,
      final: true,
      id: this.#prefix + one.id.replace(/^call-\d+:/, ''),
    }));
    this.#typed = former.filter(({ via }) => via === 'text').length;
  }

  /** The same array until something changes; what a page does to it is its own. */
  get segments(): readonly TranscriptSegment[] {
    return (this.#shown ??= this.#segments.map((one) => ({ ...one })));
  }

  /** Adds or updates a segment and returns it; `null` when nothing changes that is shown. */
  take(piece: TranscriptPiece, now: number): TranscriptSegment | null {
    const id = `${this.#prefix}${piece.role}:${piece.segmentId}`;
    const old = this.#segments.find((segment) => segment.id === id);
    const text = piece.text.trim();
    // A late interim text must not replace the final one.
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

  /** Adds what the caller has typed. */
  addTyped(text: string, now: number): TranscriptSegment {
    this.#typed += 1;
    const id = `${this.#prefix}user:typed-${this.#typed}`;
    return this.#put({ id, role: 'user', text, final: true, startedAt: now, via: 'text' });
  }

  /** Ends the transcript: marks open segments as final and returns them. */
  close(): TranscriptSegment[] {
    const open = this.#segments.filter((segment) => !segment.final);
    return open.map((segment) => this.#put({ ...segment, final: true }));
  }

  #put(segment: TranscriptSegment): TranscriptSegment {
    const known = this.#segments.some((other) => other.id === segment.id);
    this.#segments = known
      ? this.#segments.map((other) => (other.id === segment.id ? segment : other))
      : [...this.#segments, segment];
    this.#shown = null;
    return { ...segment };
  }
}
