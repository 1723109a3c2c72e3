/** How something is created once, however often it is asked for. */
import type { RequestOptions, RestRequest } from '../rest/core/open-rest.js';

/** Of every `create`. */
export interface CreateOptions extends RequestOptions {
  /** The same key again answers what was made before. Default: a new one for each `create`, so that its own tries make one. */
  idempotencyKey?: string;
}

/** The request of a `create`. */
export function createRequest(
  path: string,
  body: object,
  { idempotencyKey = crypto.randomUUID(), ...options }: CreateOptions,
): RestRequest {
  const headers = { 'idempotency-key': idempotencyKey };
  return { method: 'POST', path, body, headers, ...options };
}
