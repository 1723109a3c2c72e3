/** A segment of the transcript, as it is shown. */

/** A part of the conversation by one speaker. While `final` is false its text still changes. */
export interface TranscriptSegment {
  /** Stable: a later segment with the same id replaces this one. Unique among all calls of a page. */
  readonly id: string;
  readonly role: 'user' | 'agent';
  readonly text: string;
  readonly final: boolean;
  /** When it began, by `Date.now()`. */
  readonly startedAt: number;
  /** `text`: typed by the caller. `speech`: all else, also what the agent writes in a call that is typed only. */
  readonly via: 'speech' | 'text';
}
