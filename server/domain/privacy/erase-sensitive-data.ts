/** Erases what was said in a call; its skeleton stays. */
import type { ErasedCall } from '../../../sdk/wire/audit.js';
import { ofWorkspace } from '../calls/of-workspace.js';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallPart } from '../ports/erasure-store.js';
import type { CallRow } from '../ports/rows.js';
import { recordingName } from '../recordings/append-recording.js';
import { auditRow } from '../audit/audit.js';

const ALL: readonly CallPart[] = ['recording', 'transcript', 'analysis', 'sensitive'];

/** Safe to repeat. Throws `not_found`, or `conflict` while the call goes on. */
export async function eraseSensitiveData(
  ports: DomainPorts,
  principal: Principal,
  callId: string,
): Promise<ErasedCall> {
  const note = auditRow(ports, principal.workspaceId, 'sensitive_data_erased', {
    callId,
    by: principal,
  });
  const check = (call: CallRow): void => {
    if (!ofWorkspace(principal, call).ended_at) {
      throw DomainError.conflict('This call goes on: terminate it first, then erase.');
    }
  };
  const call = await ports.store.eraseCall(callId, ALL, check, note);
  if (!call) throw DomainError.notFound('call');
  await removeRecording(ports, callId);
  return { call_id: callId, sensitive_delete: true };
}

/** The object goes after the record says so, and until it is gone the record knows that there is something to remove. */
export async function removeRecording(ports: DomainPorts, callId: string): Promise<void> {
  await ports.objects.remove(recordingName(callId));
  await ports.store.noteRecordingGone(callId);
}
