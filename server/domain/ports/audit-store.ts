/** What the domain asks of the audit. */
import type { AuditAction } from '../../../sdk/wire/audit.js';
import type { RowPage, RowPageRequest } from './store.js';

/** One reading or erasure. */
export interface AuditRow {
  id: string;
  workspace_id: string;
  at: Date;
  action: AuditAction;
  /** `null` where it was many calls. */
  call_id: string | null;
  /** `null`: by a signed link, or by the server itself. */
  key_id: string | null;
  /** `null`: by the server itself. */
  address: string | null;
  detail: Record<string, unknown>;
}

/** Which rows. */
export interface AuditFilters {
  action?: readonly string[];
  call_id?: readonly string[];
  key_id?: readonly string[];
  start_date?: string;
  end_date?: string;
}

/** Rows are added and read, and never changed. */
export interface AuditStore {
  addAudit(row: AuditRow): Promise<void>;
  /** Newest first. */
  listAudit(
    workspaceId: string,
    filters: AuditFilters,
    page: RowPageRequest,
  ): Promise<RowPage<AuditRow>>;
}
