/** Making, changing, listing and revoking API keys. */
import type {
  ApiKey,
  ApiKeyKind,
  CreateApiKeyRequest,
  CreatedApiKey,
  KeyLimits,
  UpdateApiKeyRequest,
} from '../../../sdk/wire/api-key.js';
import type { Page } from '../../../sdk/wire/call.js';
import { PUBLISHABLE_LIMITS } from '../calls/call-limits.js';
import { DomainError } from '../errors/domain-error.js';
import { hashSecret, newId, newSecret } from '../ids.js';
import { isoOrNull } from '../iso.js';
import { pageLimit } from '../page-limit.js';
import type { PageRequest } from '../page-limit.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { ApiKeyRow } from '../ports/rows.js';
import { readOrigin } from './origin.js';
import type { Principal } from './principal.js';

const LIMITS = [
  'open_calls_per_address',
  'open_calls_per_visitor',
  'calls_per_hour',
  'minutes_per_day',
] as const satisfies (keyof KeyLimits)[];

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
  const start = request.kind === 'publishable' ? PUBLISHABLE_LIMITS : {};
  const rules = rulesOf(request.kind, { allowed_origins: [], ...start, ...request }, now);
  const key = newSecret(request.kind === 'publishable' ? 'dnx_pk_' : 'dnx_sk_');
  const row: ApiKeyRow = {
    id: newId('key'),
    workspace_id: workspaceId,
    name: request.name,
    kind: request.kind,
    key_hash: hashSecret(key),
    prefix: key.slice(0, 12),
    allowed_origins: [],
    created_at: now,
    expires_at: null,
    revoked_at: null,
    last_used_at: null,
    open_calls_per_address: null,
    open_calls_per_visitor: null,
    calls_per_hour: null,
    minutes_per_day: null,
    ...rules,
  };
  return { row, key };
}

/** Changes what a key may do, from its next request on. Throws `not_found` or `validation_failed`. */
export async function updateApiKey(
  ports: DomainPorts,
  principal: Principal,
  keyId: string,
  { name, ...rules }: UpdateApiKeyRequest,
): Promise<ApiKey> {
  const now = ports.clock.now();
  const row = await ports.store.changeKey(principal.workspaceId, keyId, (key) => ({
    ...(name === undefined ? {} : { name }),
    ...rulesOf(key.kind, rules, now),
  }));
  if (!row) throw DomainError.notFound('API key');
  return showKey(row);
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

type Rules = Partial<Pick<ApiKeyRow, 'allowed_origins' | 'expires_at' | keyof KeyLimits>>;

/** What is given, as it is kept. Throws `validation_failed` for what a key of that kind cannot have. */
function rulesOf(kind: ApiKeyKind, given: Omit<UpdateApiKeyRequest, 'name'>, now: Date): Rules {
  const readings = (given.allowed_origins ?? []).map(readOrigin);
  const origins = [...new Set(readings.flatMap((one) => ('origin' in one ? [one.origin] : [])))];
  const expires = given.expires_at ? new Date(given.expires_at) : null;
  const faults = readings.flatMap((one, at) =>
    'fault' in one ? [`allowed_origins[${at}]: ${one.fault}.`] : [],
  );
  if (kind === 'publishable' && given.allowed_origins && origins.length === 0) {
    faults.push('allowed_origins: a publishable key needs at least one origin.');
  }
  if (kind === 'secret' && origins.length > 0) {
    faults.push('allowed_origins: a secret key never goes to a browser, so it has no origins.');
  }
  if (expires && expires <= now) faults.push('expires_at: must lie in the future.');
  const limits = LIMITS.filter((name) => given[name] !== undefined);
  for (const name of limits) {
    if (kind === 'secret' && given[name] !== null && name.startsWith('open_calls_')) {
      faults.push(`${name}: a secret key serves a backend, which is no visitor's address.`);
    }
  }
  if (faults.length > 0) throw DomainError.validationFailed(faults);
  return {
    ...(given.allowed_origins === undefined ? {} : { allowed_origins: origins }),
    ...(given.expires_at === undefined ? {} : { expires_at: expires }),
    ...Object.fromEntries(limits.map((name) => [name, given[name]])),
  };
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
    open_calls_per_address: row.open_calls_per_address,
    open_calls_per_visitor: row.open_calls_per_visitor,
    calls_per_hour: row.calls_per_hour,
    minutes_per_day: row.minutes_per_day,
  };
}
