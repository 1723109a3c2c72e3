/** Reads all of a call's record, and explains it. */
import type { Call } from '../../../sdk/wire/call.js';
import { showCall } from './show-call.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { VersionFactsRow } from '../ports/explanation-store.js';
import type { CallRow, WholeCallRow } from '../ports/rows.js';
import { explainCall } from '../explanation/explain-call.js';
import type { VersionFacts } from '../explanation/observed.js';
import { LANGUAGE_CODES } from '../explanation/texts/languages.js';
import type { Language } from '../explanation/texts/languages.js';

/** The whole detail, as REST and webhooks show it. */
export async function readExplained(
  ports: DomainPorts,
  call: WholeCallRow,
  language: Language = LANGUAGE_CODES[0],
): Promise<Call> {
  const [timeline, turns, evidence, version] = await Promise.all([
    ports.store.listTimeline(call.id),
    ports.store.listTurns(call.id),
    ports.store.findEvidence(call.id),
    ports.store.findVersionFacts(call),
  ]);
  const shown = showCall(call, timeline, turns, evidence);
  return { ...shown, explanation: explainCall(shown, versionFacts(call, version), language) };
}

function versionFacts(call: CallRow, row: VersionFactsRow | null): VersionFacts {
  return {
    agent_speaks_first: row && row.conversation_start_type !== 'user',
    pause_ms: (row?.pause_before_speaking_sec ?? 0) * 1_000,
    newest_then: row?.newest_then ?? null,
    newest_now: row?.newest_now ?? null,
    keeps_words: !call.opt_out_sensitive_data_storage,
  };
}
