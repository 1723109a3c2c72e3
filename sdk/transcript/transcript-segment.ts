/** One piece of the conversation, as it is shown. */

/** A segment. While `final` is false its text still changes. */
export interface TranscriptSegment {
  /** Stable: a later segment with the same id replaces this one. No two calls of a page share one. */
  readonly id: string;
  readonly role: 'user' | 'agent';
  readonly text: string;
  readonly final: boolean;
  /** `Date.now()` of its first word. */
  readonly startedAt: number;
  /** Typed by the caller, or spoken. */
  readonly via: 'speech' | 'text';
}
