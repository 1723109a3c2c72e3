/** API keys: make, list, change, revoke. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type {
  ApiKey,
  CreateApiKeyRequest,
  CreatedApiKey,
  UpdateApiKeyRequest,
} from '../wire/api-key.js';
import type { Page } from '../wire/call.js';
import { createRequest, type CreateOptions } from './create-options.js';
import { everyRow, type PageQuery } from './every-row.js';
import { pathOf } from './path-of.js';

/** `backend.apiKeys`. */
export class ApiKeysApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /**
   * Makes a key. Only this answer holds the key itself: where it was lost on the way, the next try rejects with `conflict` and
   * names the id to revoke.
   */
  create(request: CreateApiKeyRequest, options: CreateOptions = {}): Promise<CreatedApiKey> {
    return this.#ask(createRequest('/v1/api-keys', request, options));
  }

  /** One page of keys, newest first. */
  list(query: PageQuery = {}, options: RequestOptions = {}): Promise<Page<ApiKey>> {
    return this.#ask({ method: 'GET', path: '/v1/api-keys', query, ...options });
  }

  /** Every key, newest first. */
  all(query: PageQuery = {}, options: RequestOptions = {}): AsyncGenerator<ApiKey> {
    return everyRow(query, (page) => this.list(page, options));
  }

  /** Changes a key, from the next call on. */
  update(
    keyId: string,
    request: UpdateApiKeyRequest,
    options: RequestOptions = {},
  ): Promise<ApiKey> {
    const path = pathOf`/v1/api-keys/${keyId}`;
    return this.#ask({ method: 'PATCH', path, body: request, ...options });
  }

  /** Revokes a key at once and for ever. Safe to repeat. */
  revoke(keyId: string, options: RequestOptions = {}): Promise<ApiKey> {
    const path = pathOf`/v1/api-keys/${keyId}`;
    return this.#ask({ method: 'DELETE', path, ...options });
  }
}
