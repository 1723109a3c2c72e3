/** The one shape of every REST error, and the closed list of its codes. */

/** A stable code: the same word on the wire, in the SDK, in the docs and in the database. */
export type ErrorCode =
  | 'bad_request'
  | 'invalid_json'
  | 'validation_failed'
  | 'unauthorized'
  | 'key_revoked'
  | 'key_expired'
  | 'token_invalid'
  | 'token_expired'
  | 'forbidden'
  | 'origin_not_allowed'
  | 'secret_key_in_browser'
  | 'not_found'
  | 'method_not_allowed'
  | 'request_timeout'
  | 'conflict'
  | 'capacity_reached'
  | 'idempotency_key_reused'
  | 'version_immutable'
  | 'call_already_ended'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'version_not_published'
  | 'provider_not_configured'
  | 'rate_limited'
  | 'headers_too_large'
  | 'internal_error'
  | 'media_unavailable'
  | 'database_unavailable'
  | 'storage_unavailable';

/** What was used up, in an answer with `capacity_reached` or `rate_limited` about calls. */
export type CallLimit =
  | 'concurrent_calls'
  | 'open_calls_per_address'
  | 'open_calls_per_visitor'
  | 'waiting_calls_per_address'
  | 'calls_per_hour'
  | 'minutes_per_day';

/** The body of every answer with a status of 400 or above. */
export interface ErrorBody {
  statusCode: number;
  /** The short HTTP name, e.g. `Bad Request`. */
  error: string;
  /** One sentence, or one a field when several fields are wrong. */
  message: string | string[];
  code: ErrorCode;
  /** Only where a limit of calls was reached. */
  limit?: CallLimit;
}
