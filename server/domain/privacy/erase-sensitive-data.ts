/** Erases what was said in a call; its skeleton stays. */
import type { ErasedCall } from '../../../sdk/wire/audit.js';
import { ofWorkspace } from '../calls/of-workspace.js';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallPart } from '../ports/erasure-store.js';
import { auditRow } from '../audit/audit.js';
import { owedRecording } from '../recordings/owed-recording.js';
import { removeOwed } from '../removals/remove-owed.js';

const ALL: readonly CallPart[] = ['recording', 'transcript', 'analysis', 'sensitive'];

/**
 * Safe to repeat. The recording is owed to be removed with the erasure: what fails of it now is done later. Throws
 * `not_found`, or `conflict` while the call goes on.
 */
export async function eraseSensitiveData(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<ErasedCall> {
  const note = auditRow(ports, principal.workspaceId, 'sensitive_data_erased', {
    callId,
    by: principal,
  });
  const now = ports.clock.now();
  const call = await ports.store.eraseCall(callId, ALL, note, (row) => {
    if (!ofWorkspace(principal, row).ended_at) {
      throw DomainError.conflict('This call goes on: terminate it first, then erase.');
    }
    return owedRecording(row, now);
  });
  if (!call) throw DomainError.notFound('call');
  const fault = await removeOwed(ports, owedRecording(call, now));
  return { call_id: callId, sensitive_delete: true, recording_removed: fault === null };
}
