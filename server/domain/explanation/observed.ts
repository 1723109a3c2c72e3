/** What the rules of an explanation look at: the record as it is shown, sorted once for all of them. */
import type { Call, TranscriptTurn } from '../../../sdk/wire/call.js';
import { goneOf } from './gone-of.js';
import type { Gone } from './gone-of.js';
import { quote } from './quote.js';

/** A record that is not explained yet. */
export type ShownCall = Omit<Call, 'explanation'>;

/** What the record itself does not say of its version. */
export interface VersionFacts {
  /** `null`: the settings are not known. */
  agent_speaks_first: boolean | null;
  /** Milliseconds that the version waits before its first words. */
  pause_ms: number;
  /** The highest number that was published when the call was made, and that is now; `null`: not known. */
  newest_then: number | null;
  newest_now: number | null;
  /** Whether what is said may be stored. */
  keeps_words: boolean;
}

/** Times are milliseconds after the start of the call. */
export interface Observed {
  call: ShownCall;
  version: VersionFacts;
  /** In the order of their beginning, without those that anybody may have written. */
  turns: readonly TranscriptTurn[];
  callerTurns: readonly TranscriptTurn[];
  agentTurns: readonly TranscriptTurn[];
  /** Whether the transcript is all that was said, as far as anybody told. */
  keepsWords: boolean;
  /** `null`: it has not started. */
  answeredMs: number | null;
  /** `null`: it has not started, or goes on. */
  lengthMs: number | null;
  /** What was told of a fault that ended it, as a quote; empty: nothing. */
  endError: string;
  /** What was gone, where no fault was told; `null`: not known. */
  gone: Gone;
  /** Empty once what was said is erased. */
  quote(text: string): string;
}

/** Sorts a record for the rules. */
export function observe(call: ShownCall, version: VersionFacts): Observed {
  const turns = call.transcript
    .filter((turn) => !turn.unverified)
    .sort((a, b) => a.start_ms - b.start_ms);
  const quoted = (text: string): string => (call.sensitive_delete ? '' : quote(text));
  const error = call.timeline.findLast(({ type }) => type === 'call_ended')?.detail['error'];
  return {
    call,
    version,
    turns,
    callerTurns: turns.filter((turn) => turn.role === 'user'),
    agentTurns: turns.filter((turn) => turn.role === 'agent'),
    keepsWords: version.keeps_words && !call.sensitive_delete,
    answeredMs: afterStart(call, call.answered_at),
    lengthMs: afterStart(call, call.ended_at),
    endError: typeof error === 'string' ? quoted(error) : '',
    gone: typeof error === 'string' ? null : goneOf(call),
    quote: quoted,
  };
}

/** Milliseconds from the start of the call; `null` when it has not started or there is no such moment. */
export function afterStart(call: ShownCall, at: string | null): number | null {
  if (call.started_at === null || at === null) return null;
  return Math.max(0, Date.parse(at) - Date.parse(call.started_at));
}
