/** Finds the call that a job's token belongs to. */
import { DomainError } from '../errors/domain-error.js';
import { isSecretOf } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';

/** How long after the call's end the agent may still report. */
const LATE_MS = 60_000;

/** Throws `token_invalid`, or `call_already_ended` when the call ended too long ago. */
export async function findJob(
  ports: DomainPorts,
  callId: string,
  jobToken: string,
): Promise<CallRow> {
  const call = await ports.store.findCall(callId);
  if (!call) throw DomainError.tokenInvalid();
  checkJob(call, jobToken, ports.clock.now());
  return call;
}

/** The same for a call that has been read. Throws like `findJob`. */
export function checkJob(call: CallRow, jobToken: string, now: Date): void {
  if (!isSecretOf(jobToken, call.job_token_hash)) throw DomainError.tokenInvalid();
  if (call.ended_at && now.getTime() - call.ended_at.getTime() > LATE_MS) {
    throw DomainError.callAlreadyEnded();
  }
}

/** Whether a job may report at all. Throws like `findJob`. */
export async function checkReporter(
  ports: DomainPorts,
  callId: string,
  jobToken: string,
): Promise<void> {
  await findJob(ports, callId, jobToken);
}
