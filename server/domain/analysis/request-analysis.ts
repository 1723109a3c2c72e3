/** Asks for the analysis of calls that have ended once more. */
import type { AnalyzeCallResponse, AnalyzeCallsResponse } from '../../../sdk/wire/call.js';
import type { CallFilters } from '../calls/call-filters.js';
import { ofWorkspace } from '../calls/of-workspace.js';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';

/** Throws `not_found`; `conflict` for a call that goes on, or that may hold no analysis. */
export async function analyzeCall(
  { store, clock }: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<AnalyzeCallResponse> {
  const call = ofWorkspace(principal, await store.findCall(callId));
  const [queued] = await store.requeueWork(principal.workspaceId, [callId], clock.now());
  if (queued !== undefined) return { call_id: callId, status: 'queued' };
  throw DomainError.conflict(
    call.ended_at
      ? 'Nothing that was said in this call may be stored, an analysis neither.'
      : 'This call goes on. It is analysed when it has ended.',
  );
}

/** One page of the calls that `listCalls` answers for the same filters; those that may hold no analysis are left out. */
export async function analyzeCalls(
  { store, clock }: DomainPorts,
  { workspaceId }: Principal,
  filters: CallFilters,
): Promise<AnalyzeCallsResponse> {
  const { rows, cursor } = await store.listCalls(workspaceId, filters);
  const ids = rows.map(({ id }) => id);
  const queued = await store.requeueWork(workspaceId, ids, clock.now());
  return { data: queued, next_cursor: cursor };
}
