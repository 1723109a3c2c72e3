/** API keys as REST shows them. */

/** A publishable key starts calls from its origins and does nothing else; a secret key does everything else. */
export type ApiKeyKind = 'publishable' | 'secret';

/** Body of `POST /v1/api-keys`. */
export interface CreateApiKeyRequest {
  name: string;
  kind: ApiKeyKind;
  /** Exact origins, e.g. `https://shop.example`. Publishable keys need at least one. */
  allowed_origins?: string[];
  expires_at?: string;
}

/** A key without its secret part. */
export interface ApiKey {
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
