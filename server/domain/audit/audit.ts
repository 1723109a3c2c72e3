/** Who read or erased what was said. */
import type { AuditAction, AuditEntry } from '../../../sdk/wire/audit.js';
import type { Page } from '../../../sdk/wire/call.js';
import { newId } from '../ids.js';
import type { Principal } from '../keys/principal.js';
import { pageLimit } from '../page-limit.js';
import type { PageRequest } from '../page-limit.js';
import type { AuditFilters, AuditRow } from '../ports/audit-store.js';
import type { DomainPorts } from '../ports/domain-ports.js';

/** A row of now. `null` for `by`: the server itself. */
export function auditRow(
  { clock }: Pick<DomainPorts, 'clock'>,
  workspaceId: string,
  action: AuditAction,
  { callId = null, by = null, detail = {} }: AuditedAct,
): AuditRow {
  return {
    id: newId('aud'),
    workspace_id: workspaceId,
    at: clock.now(),
    action,
    call_id: callId,
    key_id: by?.keyId ?? null,
    address: by?.address ?? null,
    detail,
  };
}

/** What was done, and by whom. */
export interface AuditedAct {
  callId?: string | null;
  by?: { keyId: string | null; address?: string | undefined } | null;
  detail?: Record<string, unknown>;
}

/** Written before anything is answered: nothing is read without a row. */
export async function noteReading(
  ports: DomainPorts,
  principal: Principal,
  action: AuditAction,
  callId: string | null,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const act = { callId, by: principal, detail };
  await ports.store.addAudit(auditRow(ports, principal.workspaceId, action, act));
}

/** Newest first. */
export async function listAudit(
  ports: DomainPorts,
  principal: Principal,
  filters: AuditFilters,
  page: PageRequest,
): Promise<Page<AuditEntry>> {
  const { rows, cursor } = await ports.store.listAudit(
    principal.workspaceId,
    filters,
    pageLimit(page),
  );
  const shown = rows.map(({ workspace_id: _workspace, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
  }));
  return { data: shown, next_cursor: cursor };
}
