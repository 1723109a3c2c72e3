/** Turns as they are kept, whoever tells of them. */
import type { TurnSource } from '../../../sdk/wire/call.js';
import { keepsWords } from '../keeps-words.js';
import { withinCall } from '../within-call.js';
import type { CallRow, NewTurnRow } from '../ports/rows.js';

const MAX_TURNS = 5_000;

/** A turn as it was reported or heard, before it is placed within its call: its times may lie outside. */
export type ReportedTurn = Omit<NewTurnRow, 'call_id' | 'source'>;

/** What a turn is where nobody says otherwise. */
export const UNSAID = {
  interrupted: false,
  via: 'speech',
  unverified: false,
  confidence: null,
  intent: null,
  facts: null,
  latency: null,
  providers: null,
} as const;

/**
 * None for a call that keeps no transcript, none beyond the most that one call may have, and none that an agent spoke
 * to nobody, after the call's end. What a caller said before is often told late, and stands at the end at the latest.
 */
export function turnRows(
  call: CallRow,
  told: readonly ReportedTurn[],
  source: TurnSource,
  now: Date,
): NewTurnRow[] {
  if (!keepsWords(call)) return [];
  return told.slice(0, Math.max(0, MAX_TURNS - call.turn_count)).flatMap((turn) => {
    const started = withinCall(call, turn.started_at, now);
    const ended = withinCall(call, turn.ended_at, now);
    if (turn.role === 'agent' && call.ended_at && started >= call.ended_at) return [];
    const isCut = turn.role === 'agent' && call.ended_at && turn.ended_at > call.ended_at;
    return [
      {
        ...turn,
        call_id: call.id,
        started_at: started,
        ended_at: ended < started ? started : ended,
        interrupted: turn.interrupted || Boolean(isCut),
        source,
      },
    ];
  });
}
