/** Turns as they are kept, whoever tells of them. */
import type { TurnLatency, TurnRole, TurnSource } from '../../../sdk/wire/call.js';
import { withinCall } from '../within-call.js';
import type { CallRow, TurnRow } from '../ports/rows.js';

const MAX_TURNS = 5_000;

/** A turn before its times are held against the call's. */
export interface TurnDraft {
  turn_id: string;
  role: TurnRole;
  content: string;
  started_at: Date;
  ended_at: Date;
  interrupted: boolean;
  /** Heard in the room, and nobody vouches for it. */
  unverified?: boolean;
  confidence: number | null;
  intent: string | null;
  latency: TurnLatency | null;
}

/**
 * None for a call that keeps no transcript, none beyond the most that one call may have, and none that an agent spoke
 * to nobody, after the call's end. What a caller said before is often told late, and stands at the end at the latest.
 */
export function turnRows(
  call: CallRow,
  drafts: readonly TurnDraft[],
  source: TurnSource,
  now: Date,
): TurnRow[] {
  if (call.settings.opt_out_sensitive_data_storage || call.sensitive_delete) return [];
  return drafts.slice(0, Math.max(0, MAX_TURNS - call.turn_count)).flatMap((draft) => {
    const started = withinCall(call, draft.started_at, now);
    const ended = withinCall(call, draft.ended_at, now);
    if (draft.role === 'agent' && call.ended_at && started >= call.ended_at) return [];
    const isCut = draft.role === 'agent' && call.ended_at && draft.ended_at > call.ended_at;
    return [
      {
        ...draft,
        unverified: draft.unverified ?? false,
        call_id: call.id,
        started_at: started,
        ended_at: ended < started ? started : ended,
        interrupted: draft.interrupted || Boolean(isCut),
        source,
      },
    ];
  });
}
