/** `backend.privacy`: how long things are kept, and who read or erased what was said. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { AuditAction, AuditEntry, UpdateWorkspaceRequest, Workspace } from '../wire/audit.js';
import type { Page } from '../wire/call.js';
import { everyRow, type PageQuery } from './every-row.js';

/** Which rows of the audit; a filter with several values matches any of them. */
export interface AuditFilter extends PageQuery {
  action?: AuditAction | readonly AuditAction[];
  call_id?: string | readonly string[];
  key_id?: string | readonly string[];
  /** What was done then or later. ISO 8601. */
  start_date?: string;
  /** What was done then or before. ISO 8601. */
  end_date?: string;
}

/**
 * `backend.privacy`.
 *
 * @example
 * await backend.privacy.updateWorkspace({ retention: { recording_days: 30 } });
 * for await (const row of backend.privacy.audit({ call_id: 'call_…' })) console.log(row.action, row.at);
 */
export class PrivacyApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** One page of the audit, newest first. */
  listAudit(filter: AuditFilter = {}, options: RequestOptions = {}): Promise<Page<AuditEntry>> {
    return this.#ask({ method: 'GET', path: '/v1/audit', query: filter, ...options });
  }

  /** All that match, newest first; pages are requested as they are needed. */
  audit(filter: AuditFilter = {}, options: RequestOptions = {}): AsyncGenerator<AuditEntry> {
    return everyRow(filter, (query) => this.listAudit(query, options));
  }

  /** The workspace of the key. */
  workspace(options: RequestOptions = {}): Promise<Workspace> {
    return this.#ask({ method: 'GET', path: '/v1/workspace', ...options });
  }

  /** Changes how long things are kept; what is older is erased within minutes. */
  updateWorkspace(body: UpdateWorkspaceRequest, options: RequestOptions = {}): Promise<Workspace> {
    return this.#ask({ method: 'PATCH', path: '/v1/workspace', body, ...options });
  }
}
