/** `backend.apiKeys`: create, list, change and revoke API keys. */
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

/**
 * `backend.apiKeys`.
 *
 * @example
 * const { key } = await backend.apiKeys.create({
 *   name: 'Shop',
 *   kind: 'publishable',
 *   allowed_origins: ['https://shop.example'],
 * });
 */
export class ApiKeysApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /**
   * Creates a key. Only this answer holds the key itself: when the answer is lost, a retry rejects with `conflict`,
   * whose message names the id to revoke.
   */
  create(request: CreateApiKeyRequest, options: CreateOptions = {}): Promise<CreatedApiKey> {
    return this.#ask(createRequest('/v1/api-keys', request, options));
  }

  /** One page of keys, newest first. */
  list(query: PageQuery = {}, options: RequestOptions = {}): Promise<Page<ApiKey>> {
    return this.#ask({ method: 'GET', path: '/v1/api-keys', query, ...options });
  }

  /** All keys, newest first; pages are requested as they are needed. */
  all(query: PageQuery = {}, options: RequestOptions = {}): AsyncGenerator<ApiKey> {
    return everyRow(query, (page) => this.list(page, options));
  }

  /** Changes a key; applies to calls that start after it. What is left out stays as it is. */
  update(
    keyId: string,
    request: UpdateApiKeyRequest,
    options: RequestOptions = {},
  ): Promise<ApiKey> {
    const path = pathOf`/v1/api-keys/${keyId}`;
    return this.#ask({ method: 'PATCH', path, body: request, ...options });
  }

  /** Revokes a key, at once and for ever. Safe to repeat. */
  revoke(keyId: string, options: RequestOptions = {}): Promise<ApiKey> {
    const path = pathOf`/v1/api-keys/${keyId}`;
    return this.#ask({ method: 'DELETE', path, ...options });
  }
}
