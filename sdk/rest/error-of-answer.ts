/** Turns a refusal of the server into a `CallError`. */
import { CallError, type CallErrorDetail } from '../error/call-error.js';
import type { CallErrorCode } from '../error/error-code.js';
import { ERROR_TABLE } from '../error/error-table.js';

const BY_STATUS: Record<number, CallErrorCode> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  422: 'validation_failed',
  429: 'rate_limited',
  431: 'headers_too_large',
};

/** What a gateway may well say before the server is asked. */
const ANYBODYS = new Set([413, 429]);

/** The body of every error of ours, which tells a server of ours from what stands before it or instead of it. */
export function envelopeOf(answer: Response, body: unknown): Record<string, unknown> | null {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return fields['statusCode'] === answer.status && typeof fields['code'] === 'string'
    ? fields
    : null;
}

/** `body` is the parsed JSON, or `null` when something else than the server answered. */
export function errorOfAnswer(answer: Response, body: unknown): CallError {
  const fields = envelopeOf(answer, body);
  if (!fields && answer.status < 500 && !ANYBODYS.has(answer.status)) {
    return CallError.unexpectedAnswer(answer);
  }
  const code = knownCode(fields?.['code']) ?? BY_STATUS[answer.status] ?? 'internal_error';
  const detail: CallErrorDetail = {};
  const message = sentence(fields?.['message']);
  if (message) detail.message = message;
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(seconds)) detail.retryAfterMs = seconds * 1000;
  return new CallError(code, detail);
}

/** `null` for what is not JSON. */
export async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

function knownCode(value: unknown): CallErrorCode | null {
  // Safari before 15.4 has no Object.hasOwn.
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(ERROR_TABLE, value)
    ? (value as CallErrorCode)
    : null;
}

function sentence(value: unknown): string | null {
  if (typeof value === 'string' && value) return value;
  if (Array.isArray(value) && value.length > 0) return value.map(String).join('; ');
  return null;
}
