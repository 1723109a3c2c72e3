/** From a key's text to the principal that it stands for. */
import { DomainError } from '../errors/domain-error.js';
import { hashSecret } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { ApiKeyRow } from '../ports/rows.js';
import type { Principal } from './principal.js';

const TOUCH_EVERY_MS = 60_000;

/** Throws `unauthorized`, `key_revoked` or `key_expired`. */
export async function authenticate(ports: DomainPorts, key: string): Promise<Principal> {
  const now = ports.clock.now();
  const row = good(await ports.store.findKeyByHash(hashSecret(key)), now);
  const touched = row.last_used_at?.getTime() ?? 0;
  if (now.getTime() - touched > TOUCH_EVERY_MS) await ports.store.touchKey(row.id, now);
  return {
    keyId: row.id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    name: row.name,
    allowedOrigins: row.allowed_origins,
  };
}

/** Whether the key is still good: for answers that take longer than a moment. Throws as `authenticate`. */
export async function checkStillGood(
  { store, clock }: Pick<DomainPorts, 'store' | 'clock'>,
  { keyId }: Pick<Principal, 'keyId'>,
): Promise<void> {
  good(await store.findKey(keyId), clock.now());
}

function good(row: ApiKeyRow | null, now: Date): ApiKeyRow {
  if (!row) throw DomainError.unauthorized();
  if (row.revoked_at) throw DomainError.keyRevoked();
  if (row.expires_at && row.expires_at <= now) throw DomainError.keyExpired();
  return row;
}
