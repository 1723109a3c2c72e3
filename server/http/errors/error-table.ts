/** Which HTTP status each code has: the one place where words become numbers. */
import type { ErrorCode } from '../../../sdk/wire/error-body.js';

/** Statuses that an error of ours may have. */
export type ErrorStatus =
  400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 416 | 422 | 429 | 431 | 500 | 503;

/** The status of every code. A code that the wire knows and this table does not fails to compile. */
export const STATUS_OF = {
  bad_request: 400,
  invalid_json: 400,
  validation_failed: 400,
  unauthorized: 401,
  key_revoked: 401,
  key_expired: 401,
  token_invalid: 401,
  token_expired: 401,
  forbidden: 403,
  origin_not_allowed: 403,
  secret_key_in_browser: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  capacity_reached: 409,
  idempotency_key_reused: 409,
  version_immutable: 409,
  call_already_ended: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  version_not_published: 422,
  provider_not_configured: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal_error: 500,
  media_unavailable: 503,
  database_unavailable: 503,
  storage_unavailable: 503,
} as const satisfies Record<ErrorCode, ErrorStatus>;

/** Every code there is. */
export const ERROR_CODES = Object.keys(STATUS_OF) as ErrorCode[];

/** The short HTTP names that stand in `error`. */
export const STATUS_NAME: Record<ErrorStatus, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Whether a thrown word is one of ours. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(STATUS_OF, value);
}
