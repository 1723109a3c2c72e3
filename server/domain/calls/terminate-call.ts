/** Ends a call at somebody's wish, and tells its own page how it ended. Safe to repeat: the first end reason stands. */
import type { CallerEndReason } from '../../../sdk/wire/call-status.js';
import type { TerminateWebCallResponse } from '../../../sdk/wire/web-call.js';
import { isoOrNull } from '../iso.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import { findForCaller } from '../tokens/find-for-caller.js';
import { applyEvent } from './apply-event.js';
import { ofWorkspace } from './of-workspace.js';

/** By a backend. Throws `not_found`. */
export async function terminateByApi(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<TerminateWebCallResponse> {
  const call = ofWorkspace(principal, await ports.store.findCall(callId));
  const after = await applyEvent(ports, callId, {
    type: 'terminated_by_api',
    api_key_id: principal.keyId,
  });
  return showEnd(after ?? call);
}

/** By the call's own page; without a reason the visitor ended it. Throws `token_invalid` unless the token is this call's. */
export async function terminateByCaller(
  ports: DomainPorts,
  callId: string,
  callToken: string,
  reason: CallerEndReason = 'user_disconnected',
): Promise<TerminateWebCallResponse> {
  const call = await findForCaller(ports, callId, callToken);
  const after = await applyEvent(ports, callId, { type: 'terminated_by_caller', reason });
  return showEnd(after ?? call);
}

/**
 * By a page that is left: ends the call unless the next page takes it up again in time. `sid`: how the media server knew the
 * page; what a page says that another has followed already changes nothing. Throws `token_invalid` as above.
 */
export async function leavePage(
  ports: DomainPorts,
  callId: string,
  callToken: string,
  sid: string | null,
): Promise<TerminateWebCallResponse> {
  const call = await findForCaller(ports, callId, callToken);
  const after = await applyEvent(ports, callId, { type: 'caller_between_pages', sid });
  return showEnd(after ?? call);
}

/** Tells the call's own page how it ended, or that it has not; changes nothing. Throws `token_invalid` as above. */
export async function getWebCall(
  ports: DomainPorts,
  callId: string,
  callToken: string,
): Promise<TerminateWebCallResponse> {
  return showEnd(await findForCaller(ports, callId, callToken));
}

/** Throws `token_invalid` unless the token is this call's. */
export async function checkCaller(
  ports: DomainPorts,
  callId: string,
  callToken: string,
): Promise<void> {
  await findForCaller(ports, callId, callToken);
}

/** The origin that a call was started from. */
export async function originOfCall(ports: DomainPorts, callId: string): Promise<string | null> {
  const call = await ports.store.findCall(callId);
  return call?.route.origin ?? null;
}

/** How a call ended, or that it has not. */
export function showEnd(call: CallRow): TerminateWebCallResponse {
  return {
    call_id: call.id,
    status: call.status,
    end_reason: call.end_reason,
    ended_at: isoOrNull(call.ended_at),
  };
}
