/** Keeps what the visitor's device tells of its call: what was sent last replaces the rest. */
import type { ClientReport } from '../../../sdk/wire/web-call.js';
import { withLateNews } from '../after-end.js';
import { keepsWords } from '../keeps-words.js';
import { closedWords } from './closed-words.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import { findForReport } from '../tokens/find-for-caller.js';

/** How long after the call's end the device may still tell. */
const LATE_MS = 60_000;
/** A report that is overtaken is this much older at most; where more seems to lie between two, the device's clock was moved. */
const OVERTAKEN_MS = 60_000;

/**
 * The device's clock may be wrong: only what lies between its moments is taken from it, and laid at the moment of the
 * report. One that a later one has overtaken on its way is void, and of a call that is erased nothing is kept; of one that keeps no words codes and figures only. Throws `token_invalid`, or `call_already_ended` one minute after the end.
 */
export async function reportClient(
  ports: DomainPorts,
  callId: string,
  callToken: string,
  report: ClientReport,
): Promise<void> {
  const call = await findForReport(ports, callId, callToken, LATE_MS);
  const now = ports.clock.now();
  const zero = now.getTime() - report.sent_at_ms - call.created_at.getTime();
  const timeline = report.timeline
    .map(({ type, at_ms, detail = {} }) => ({ type, at_ms: Math.round(zero + at_ms), detail }))
    .sort((a, b) => a.at_ms - b.at_ms);
  const connection = report.connection ?? null;
  const { sent_at_ms } = report;
  const told = { timeline, connection, reported_at: now.toISOString(), sent_at_ms };
  await ports.store.changeEvidence(callId, (locked, { client: former }) => {
    const olderBy = (former?.sent_at_ms ?? -Infinity) - sent_at_ms;
    const isOvertaken = olderBy > 0 && olderBy <= OVERTAKEN_MS;
    if (locked.sensitive_delete || isOvertaken) return null;
    const client = keepsWords(locked) ? told : closedWords(told);
    return withLateNews(locked, { changes: {}, evidence: { client } }, now);
  });
}
