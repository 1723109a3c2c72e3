/** Options of `create` methods, and the request that they make. */
import type { RequestOptions, RestRequest } from '../rest/core/open-rest.js';

/** Options of every `create`. */
export interface CreateOptions extends RequestOptions {
  /**
   * The `Idempotency-Key`: a repeat with the same one creates nothing and gets the first answer. Default: a new one for
   * each `create`, so that its own retries create one thing.
   */
  idempotencyKey?: string;
}

/** The request of a `create`, with its idempotency key. */
export function createRequest(
  path: string,
  body: object,
  { idempotencyKey = crypto.randomUUID(), ...options }: CreateOptions,
): RestRequest {
  const headers = { 'idempotency-key': idempotencyKey };
  return { method: 'POST', path, body, headers, ...options };
}
