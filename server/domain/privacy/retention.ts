/** How long recordings, transcripts, analyses and records of a workspace are kept, and erasing what is older. */
import type { Workspace, UpdateWorkspaceRequest } from '../../../sdk/wire/audit.js';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallPart } from '../ports/erasure-store.js';
import type { WorkspaceRow } from '../ports/rows.js';
import { auditRow, noteReading } from '../audit/audit.js';
import { owedRecording } from '../recordings/owed-recording.js';
import { removeDue } from '../removals/remove-owed.js';

const DAY_MS = 86_400_000;
/** Calls a query. */
const BATCH = 100;

const DAYS_OF = [
  ['record', 'record_days'],
  ['recording', 'recording_days'],
  ['transcript', 'transcript_days'],
  ['analysis', 'analysis_days'],
] as const satisfies readonly (readonly [CallPart, keyof WorkspaceRow])[];

/** The workspace of the key. */
export async function getWorkspace(ports: DomainPorts, principal: Principal): Promise<Workspace> {
  return shown(await ports.store.findWorkspace(principal.workspaceId));
}

/** Takes effect within a minute. */
export async function updateWorkspace(
  ports: DomainPorts,
  principal: Principal,
  { retention = {} }: UpdateWorkspaceRequest,
): Promise<Workspace> {
  if (Object.keys(retention).length === 0) return getWorkspace(ports, principal);
  const changed = await ports.store.changeWorkspace(principal.workspaceId, retention);
  await noteReading(ports, principal, 'retention_changed', null, { ...retention });
  return shown(changed);
}

/**
 * One round: erases what is older than its workspace keeps it, until nothing is or the signal is aborted, and removes the
 * recordings that are owed. Throws `RemovalError` when some could not be: all else is done by then.
 */
export async function eraseOld(ports: DomainPorts, signal?: AbortSignal): Promise<void> {
  for (const workspace of await ports.store.workspacesThatForget()) {
    for (const [part, days] of DAYS_OF) {
      const kept = workspace[days];
      if (kept === null) continue;
      const before = new Date(ports.clock.now().getTime() - kept * DAY_MS);
      for (;;) {
        const ids = await ports.store.erasableCalls(workspace.id, part, before, BATCH);
        for (const callId of ids) {
          if (signal?.aborted) return;
          await eraseOne(ports, workspace.id, callId, part);
        }
        if (ids.length < BATCH) break;
      }
    }
  }
  await removeDue(ports, signal);
}

async function eraseOne(
  ports: DomainPorts,
  workspaceId: string,
  callId: string,
  part: CallPart,
): Promise<void> {
  const detail = { part, reason: 'retention' };
  const note = auditRow(ports, workspaceId, 'retention_erased', { callId, detail });
  const owes = part === 'record' || part === 'recording';
  await ports.store.eraseCall(callId, [part], note, (call) =>
    owes ? owedRecording(call, ports.clock.now()) : null,
  );
}

function shown(row: WorkspaceRow | null): Workspace {
  if (!row) throw DomainError.notFound('workspace');
  const { id, name, recording_days, transcript_days, analysis_days, record_days } = row;
  return { id, name, retention: { recording_days, transcript_days, analysis_days, record_days } };
}
