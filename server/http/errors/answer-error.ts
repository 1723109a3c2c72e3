/** Turns whatever was thrown into the one shape of error; nothing unknown is ever shown. */
import { HTTPException } from 'hono/http-exception';
import { HttpError } from './http-error.js';
import { STATUS_NAME, STATUS_OF, isErrorCode } from './error-table.js';
import type { Context } from 'hono';
import type { CallLimit, ErrorBody, ErrorCode } from '../../../sdk/wire/error-body.js';
import type { LimitReached } from '../../domain/calls/call-limits.js';
import type { HttpEnv } from '../routing/http-env.js';

/** Nobody reads more of what is wrong with one request. */
export const MAX_SENTENCES = 20;

/** Answers the error; what no one expected is logged with its cause and shown as `internal_error`. */
export function answerError(error: unknown, c: Context<HttpEnv>): Response {
  const { code, messages, headers, limit } = describe(error);
  // What is known to be away is told once, by whoever watches it.
  if (STATUS_OF[code] === 500) {
    c.get('log').error({ request_id: c.get('requestId'), err: error }, 'request failed');
  }
  c.set('logFields', { ...c.get('logFields'), code });
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return c.json(errorBodyOf(code, messages, limit), STATUS_OF[code]);
}

/** The body of an error. */
export function errorBodyOf(
  code: ErrorCode,
  messages: readonly string[],
  limit?: CallLimit,
): ErrorBody {
  const statusCode = STATUS_OF[code];
  const message = messages.length === 1 ? (messages[0] ?? '') : messages.slice(0, MAX_SENTENCES);
  const base = { statusCode, error: STATUS_NAME[statusCode], message, code };
  return limit ? { ...base, limit } : base;
}

interface Described {
  code: ErrorCode;
  messages: readonly string[];
  headers: Readonly<Record<string, string>>;
  limit?: CallLimit;
}

function describe(error: unknown): Described {
  if (error instanceof HttpError) return error;
  if (error instanceof HTTPException && error.status < 500) {
    return { code: 'bad_request', messages: ['The request cannot be read.'], headers: {} };
  }
  if (isRefusal(error)) {
    const messages = error.messages?.length ? error.messages : [error.message];
    const { name: limit, retryAfterSec: seconds } = error.reached ?? {};
    const headers: Described['headers'] =
      seconds === undefined ? {} : { 'retry-after': String(seconds) };
    return { code: error.code, messages, headers, ...(limit ? { limit } : {}) };
  }
  const away = awayOf(error);
  if (away) return { ...away, headers: { 'retry-after': '2' } };
  const messages = ['Something went wrong here. Try again; the log knows more.'];
  return { code: 'internal_error', messages, headers: {} };
}

/** What the server stands on, by the names of the errors that say that it is away. */
function awayOf(error: unknown): Omit<Described, 'headers'> | null {
  if (!(error instanceof Error)) return null;
  if (error.name === 'StoreError') {
    const messages = ['The database is not available. Try again in a moment.'];
    return { code: 'database_unavailable', messages };
  }
  if (error.name === 'ObjectStoreError') {
    const messages = ['The recordings are not available. Try again in a moment.'];
    return { code: 'storage_unavailable', messages };
  }
  return null;
}

/** Errors of the domain, and of the store about a cursor, that say what is wrong with the request. */
const REFUSALS = ['DomainError', 'CursorError'];

interface Refusal extends Error {
  code: ErrorCode;
  messages?: readonly string[];
  reached?: LimitReached | null;
}

function isRefusal(error: unknown): error is Refusal {
  return (
    error instanceof Error &&
    REFUSALS.includes(error.name) &&
    'code' in error &&
    isErrorCode(error.code)
  );
}
