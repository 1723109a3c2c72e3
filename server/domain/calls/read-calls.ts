/** Reading the call log. */
import type {
  Call,
  CallSummary,
  Page,
  TimelineEvent,
  TranscriptTurn,
} from '../../../sdk/wire/call.js';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import type { CallFilters } from './call-filters.js';
import { showCall, showSummary, showTimeline, showTurn } from './show-call.js';

/** The history, newest first unless sorted otherwise. */
export async function listCalls(
  ports: DomainPorts,
  principal: Principal,
  filters: CallFilters,
): Promise<Page<CallSummary>> {
  const { rows, cursor } = await ports.store.listCalls(principal.workspaceId, filters);
  return { data: rows.map(showSummary), next_cursor: cursor };
}

/** The whole detail. Throws `not_found`. */
export async function getCall(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<Call> {
  const call = await findOwnCall(ports, principal, callId);
  const [timeline, turns] = await Promise.all([
    ports.store.listTimeline(callId),
    ports.store.listTurns(callId),
  ]);
  return showCall(call, timeline, turns);
}

/** What was said. Throws `not_found`. */
export async function getTranscript(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<TranscriptTurn[]> {
  const call = await findOwnCall(ports, principal, callId);
  const turns = await ports.store.listTurns(callId);
  return turns.map((turn) => showTurn(turn, call));
}

/** What happened. Throws `not_found`. */
export async function getTimeline(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<TimelineEvent[]> {
  await findOwnCall(ports, principal, callId);
  return (await ports.store.listTimeline(callId)).map(showTimeline);
}

async function findOwnCall(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<CallRow> {
  const call = await ports.store.findCall(callId);
  if (!call || call.workspace_id !== principal.workspaceId) throw DomainError.notFound('call');
  return call;
}
