/** Making, listing and revoking API keys. */
import type { ApiKey, CreateApiKeyRequest, CreatedApiKey } from '../../../sdk/wire/api-key.js';
import type { Page } from '../../../sdk/wire/call.js';
import { DomainError } from '../errors/domain-error.js';
import { hashSecret, newId, newSecret } from '../ids.js';
import { isoOrNull } from '../iso.js';
import { pageLimit } from '../page-limit.js';
import type { PageRequest } from '../page-limit.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { ApiKeyRow } from '../ports/rows.js';
import type { Principal } from './principal.js';

/** Makes a key; its text is in this answer and nowhere else. Throws `validation_failed`. */
export async function createApiKey(
  ports: DomainPorts,
  principal: Principal,
  request: CreateApiKeyRequest,
): Promise<CreatedApiKey> {
  const { row, key } = draftKey(principal.workspaceId, request, ports.clock.now());
  await ports.store.insertKey(row);
  return { ...showKey(row), key };
}

/** A key that is not stored yet, and its text. Throws `validation_failed`. */
export function draftKey(
  workspaceId: string,
  request: CreateApiKeyRequest,
  now: Date,
): { row: ApiKeyRow; key: string } {
  const origins = [...new Set(request.allowed_origins ?? [])];
  const expires = request.expires_at === undefined ? null : new Date(request.expires_at);
  const faults: string[] = [];
  if (request.kind === 'publishable' && origins.length === 0) {
    faults.push('allowed_origins: a publishable key needs at least one origin.');
  }
  if (request.kind === 'secret' && origins.length > 0) {
    faults.push('allowed_origins: a secret key never goes to a browser, so it has no origins.');
  }
  if (expires && expires <= now) faults.push('expires_at: must lie in the future.');
  if (faults.length > 0) throw DomainError.validationFailed(faults);
  const key = newSecret(request.kind === 'publishable' ? 'dnx_pk_' : 'dnx_sk_');
  const row: ApiKeyRow = {
    id: newId('key'),
    workspace_id: workspaceId,
    name: request.name,
    kind: request.kind,
    key_hash: hashSecret(key),
    prefix: key.slice(0, 12),
    allowed_origins: origins,
    created_at: now,
    expires_at: expires,
    revoked_at: null,
    last_used_at: null,
  };
  return { row, key };
}

/** The workspace's keys, newest first. */
export async function listApiKeys(
  ports: DomainPorts,
  principal: Principal,
  page: PageRequest,
): Promise<Page<ApiKey>> {
  const { rows, cursor } = await ports.store.listKeys(principal.workspaceId, pageLimit(page));
  return { data: rows.map(showKey), next_cursor: cursor };
}

/** From now on the key is refused. Safe to repeat. Throws `not_found`. */
export async function revokeApiKey(
  ports: DomainPorts,
  principal: Principal,
  keyId: string,
): Promise<ApiKey> {
  const row = await ports.store.revokeKey(principal.workspaceId, keyId, ports.clock.now());
  if (!row) throw DomainError.notFound('API key');
  return showKey(row);
}

function showKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    prefix: row.prefix,
    allowed_origins: row.allowed_origins,
    created_at: row.created_at.toISOString(),
    expires_at: isoOrNull(row.expires_at),
    revoked_at: isoOrNull(row.revoked_at),
    last_used_at: isoOrNull(row.last_used_at),
  };
}
