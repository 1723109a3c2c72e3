/** Reading the call log. */
import type {
  Call,
  CallPage,
  CallRecording,
  TimelineEvent,
  TranscriptTurn,
} from '../../../sdk/wire/call.js';
import { noteReading } from '../audit/audit.js';
import type { Language } from '../explanation/texts/languages.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow, TransferRow } from '../ports/rows.js';
import type { AgentNames } from '../transcripts/cue-lines.js';
import type { TranscribedCall } from '../transcripts/transcript-text.js';
import type { CallFilters } from './call-filters.js';
import { ofWorkspace } from './of-workspace.js';
import { readExplained } from './read-explained.js';
import { showRecording, showSummary, showTimeline, showTurn } from './show-call.js';

/** The history, newest first unless sorted otherwise; with `count` how many calls there are in all. */
export async function listCalls(
  ports: DomainPorts,
  principal: Principal,
  filters: CallFilters,
  count = false,
): Promise<CallPage> {
  const { store } = ports;
  const [{ rows, cursor }, counted] = await Promise.all([
    store.listCalls(principal.workspaceId, filters),
    count ? store.countMatches(principal.workspaceId, filters) : null,
  ]);
  const page = { data: rows.map(showSummary), next_cursor: cursor };
  return counted ? { ...page, total: counted.total, total_is_exact: counted.is_exact } : page;
}

/** The whole detail, explained in a language. Throws `not_found`. */
export async function getCall(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
  language?: Language,
): Promise<Call> {
  const call = ofWorkspace(principal, await ports.store.findWholeCall(callId));
  await noteReading(ports, principal, 'call_read', callId);
  return readExplained(ports, call, language);
}

/** What was said, and whose words these are. Throws `not_found`. */
export async function getTranscript(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<{ call: TranscribedCall; transcript: TranscriptTurn[] }> {
  const call = ofWorkspace(principal, await ports.store.findCall(callId));
  await noteReading(ports, principal, 'transcript_read', callId);
  const [turns, transfers] = await Promise.all([
    ports.store.listTurns(callId),
    ports.store.listTransfers(callId),
  ]);
  return {
    call: { ...showSummary(call), agents: agentNames(call, transfers) },
    transcript: turns.map((turn) => showTurn(turn, call)),
  };
}

/** The recording without its link, for whoever makes one. Throws `not_found`. */
export async function getRecording(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<CallRecording> {
  const call = ofWorkspace(principal, await ports.store.findCall(callId));
  await noteReading(ports, principal, 'recording_link_read', callId);
  return showRecording(call);
}

/** What happened. Throws `not_found`. */
export async function getTimeline(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<TimelineEvent[]> {
  ofWorkspace(principal, await ports.store.findCall(callId));
  return (await ports.store.listTimeline(callId)).map(showTimeline);
}

function agentNames(call: CallRow, transfers: readonly TransferRow[]): AgentNames {
  const legs = transfers.filter(({ status }) => status === 'completed').map(({ to }) => to);
  if (legs.length === 0) return new Map();
  return new Map([call, ...legs].map((one) => [one.agent_id, one.agent_name ?? one.agent_id]));
}
