/** API keys as REST shows them. */

/** A publishable key starts calls from its origins and does nothing else; a secret key does everything else. */
export type ApiKeyKind = 'publishable' | 'secret';

/** What calls with a key may use up. */
export interface KeyLimits {
  /** Open calls of one network address; `null`: the workspace's share. Publishable keys only. */
  open_calls_per_address: number | null;
  /** Open calls of one browser at one address; `null`: the workspace's. Publishable keys only. */
  open_calls_per_visitor: number | null;
  /** Calls started within any hour; `null`: any number. */
  calls_per_hour: number | null;
  /** Minutes that calls last within any 24 hours; `null`: any number. */
  minutes_per_day: number | null;
}

/** Body of `POST /v1/api-keys`. A publishable key that names no `calls_per_hour` or `minutes_per_day` gets 1,000 and 2,000. */
export interface CreateApiKeyRequest extends Partial<KeyLimits> {
  name: string;
  kind: ApiKeyKind;
  /** E.g. `https://shop.example`, `https://*.shop.example`, `capacitor://localhost`. Publishable keys need at least one. */
  allowed_origins?: string[];
  expires_at?: string;
}

/** Body of `PATCH /v1/api-keys/{key_id}`; what is left out stays as it is. */
export interface UpdateApiKeyRequest extends Partial<KeyLimits> {
  name?: string;
  allowed_origins?: string[];
  expires_at?: string | null;
}

/** A key without its secret part. */
export interface ApiKey extends KeyLimits {
  id: string;
  name: string;
  kind: ApiKeyKind;
  /** The first characters, enough to recognise it. */
  prefix: string;
  allowed_origins: string[];
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
}

/** The only answer that holds the key itself. */
export interface CreatedApiKey extends ApiKey {
  key: string;
}
