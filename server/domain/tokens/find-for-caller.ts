/** Finds the call that a page's token belongs to. */
import { DomainError } from '../errors/domain-error.js';
import { isSecretOf } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';

/** Throws `token_invalid` unless the token is this call's. */
export async function findForCaller(
  ports: DomainPorts,
  callId: string,
  callToken: string,
): Promise<CallRow> {
  const call = await ports.store.findCall(callId);
  if (!call || !isSecretOf(callToken, call.call_token_hash)) throw DomainError.tokenInvalid();
  return call;
}

/**
 * The same, for what a page may tell until `lateMs` after the call's end. Throws `call_already_ended` after that, too.
 */
export async function findForReport(
  ports: DomainPorts,
  callId: string,
  callToken: string,
  lateMs: number,
): Promise<CallRow> {
  const call = await findForCaller(ports, callId, callToken);
  if (call.ended_at && ports.clock.now().getTime() - call.ended_at.getTime() > lateMs) {
    throw DomainError.callAlreadyEnded();
  }
  return call;
}
