/** What explanations ask of the database. */
import type { FindingCode } from '../../../sdk/wire/call.js';
import type { CallRow } from './rows.js';

/** What a call's version says, and which versions of its agent there are. */
export interface VersionFactsRow {
  conversation_start_type: 'user' | 'agent_dynamic' | 'agent_defined';
  pause_before_speaking_sec: number;
  /** The highest published number when the call was created, and now; `null`: none. */
  newest_then: number | null;
  newest_now: number | null;
}

/** Queries for explanations. */
export interface ExplanationStore {
  /** One query. `null`: the call's settings are gone. */
  findVersionFacts(
    call: Pick<CallRow, 'settings_hash' | 'agent_id' | 'created_at'>,
  ): Promise<VersionFactsRow | null>;
  /** Replaces what was noted before. */
  noteFindings(callId: string, codes: readonly FindingCode[]): Promise<void>;
}
