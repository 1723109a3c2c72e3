/** Calls for those who may know of them. */
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import type { CallRow } from '../ports/rows.js';

/** The call, where it is one of the key's workspace. Throws `not_found`. */
export function ofWorkspace<T extends CallRow>({ workspaceId }: Principal, call: T | null): T {
  if (call?.workspace_id !== workspaceId) throw DomainError.notFound('call');
  return call;
}
