/** The words of a page's calls, one transcript a call. */
import type { TranscriptPiece } from './media/media-port.js';
import type { TranscriptSegment } from './transcript/transcript-segment.js';
import { Transcript } from './transcript/transcript.js';

/** How many calls this page has started, to tell their segments apart. */
let begun = 0;

/** The words of a `DialNexaWebCall`: those of the present call, or of the last one. */
export class CallWords {
  readonly #tell: (segment: TranscriptSegment) => void;
  #transcript = new Transcript();

  /** `tell` is told of every segment that is new or has changed. */
  constructor(tell: (segment: TranscriptSegment) => void) {
    this.#tell = tell;
  }

  get segments(): readonly TranscriptSegment[] {
    return this.#transcript.segments;
  }

  /** Another call begins; `former`: what the page before has of it. */
  begin(former?: readonly TranscriptSegment[]): void {
    this.#transcript = new Transcript(`call-${++begun}`, former);
  }

  take(piece: TranscriptPiece): void {
    const segment = this.#transcript.take(piece, Date.now());
    if (segment) this.#tell(segment);
  }

  type(words: string): void {
    this.#tell(this.#transcript.addTyped(words, Date.now()));
  }

  /** Tells all of it. */
  retell(): void {
    this.segments.forEach(this.#tell);
  }

  /** The call is over: nothing changes any more. */
  close(): void {
    this.#transcript.close().forEach(this.#tell);
  }
}
