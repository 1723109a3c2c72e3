/** Types of the audit, the workspace and erasure in REST. */
export type {
  AuditAction,
  AuditEntry,
  ErasedCall,
  Retention,
  UpdateWorkspaceRequest,
  Workspace,
} from './generated.js';
