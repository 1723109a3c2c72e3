/**
 * The REST core for backends, agents and the console: sends requests with retries, and answers data or a `RestError`.
 */
import { boundedText } from './bounded-text.js';
import { readRefusal } from './read-refusal.js';
import { RestError } from './rest-error.js';
import { isRetryable, LONGEST_ASKED_MS, retry } from './retry.js';
import { parseAnswer, send, type Answer } from './send.js';

const SLOWEST_MS = 8_000;
/** An empty path segment, `.` or `..`: URLs leave these out, so that the request would be for another resource. */
const LOST_SEGMENT = /\/\.{0,2}(?=\/|$)/;

/** The server, and how requests are made. */
export interface RestOptions {
  /** Address of the server, e.g. `https://calls.example.com`. */
  serverUrl: string;
  /** Time limit of one try in ms. */
  timeoutMs: number;
  /** Retries after no answer, 429 or 5xx. */
  retries: number;
  /** The Bearer token of requests that have none of their own. */
  bearer?: string;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch | undefined;
}

/** Options of a request. */
export interface RequestOptions {
  /** Cancels the request and its retries: it rejects with `aborted`. */
  signal?: AbortSignal;
  /** Time limit of one try in ms. Default: the client's. */
  timeoutMs?: number;
  /** Retries after a failed try. Default: the client's. */
  retries?: number;
}

/** The value of a query parameter; several values match any of them. */
type QueryValue = string | number | boolean | readonly string[] | undefined;

/** A request. */
export interface RestRequest extends RequestOptions {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** The path below the server's address, or a whole address. */
  path: string;
  /** The Bearer token in place of the client's; `null`: none. */
  bearer?: string | null;
  query?: object;
  /** The body: bytes are sent as they are, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Whether the request must not be done twice: then it is retried only when the server says that it did nothing. */
  isOnce?: boolean;
  /** An error status whose body is to be answered as data. */
  alsoGood?: number;
}

/**
 * Sends a request and resolves with the JSON of the answer, `null` without a body, or what `read` makes of it. Every
 * failure is a `RestError`, also a redirect, which would send the request elsewhere, and a path with an empty or dot
 * segment (`validation_failed`, not sent).
 */
export type Ask = <T>(
  request: RestRequest,
  read?: (response: Response) => Promise<T>,
) => Promise<T>;

/** Binds `Ask` to a server. */
export function openRest(options: RestOptions): Ask {
  const fetcher: typeof fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const base = options.serverUrl.replace(/\/+$/, '');

  return (request, read = readJson) => {
    const { method, path, signal, bearer = options.bearer } = request;
    const { timeoutMs = options.timeoutMs, retries = options.retries } = request;
    const isWhole = /^https?:/.test(path);
    if (!isWhole && LOST_SEGMENT.test(path)) return Promise.reject(misaddressed());
    const url = isWhole ? path : base + path + searchOf(request.query);
    const content = contentOf(request, bearer);
    const init = { method, ...content, redirect: 'manual', timeoutMs } as const;
    const attempt = async () => {
      try {
        return await send(under(signal, fetcher), url, init, async (response) => {
          const isGood = response.ok || response.status === request.alsoGood;
          if (!isGood) throw refused(await readAnswer(response));
          return read(response);
        });
      } catch (cause) {
        throw cause instanceof RestError ? cause : unanswered(cause);
      }
    };
    const mayPass = (error: unknown): boolean =>
      isRetryable(error) && isSoon(error) && !(request.isOnce && !didNothing(error));
    return retry(attempt, { retries, slowestMs: SLOWEST_MS, signal, mayPass });
  };
}

/** A `fetch` that the signal cancels too. */
function under(signal: AbortSignal | undefined, fetcher: typeof fetch): typeof fetch {
  if (!signal) return fetcher;
  return (input, init) => {
    const signals = init?.signal ? [signal, init.signal] : [signal];
    return fetcher(input, { ...init, signal: AbortSignal.any(signals) });
  };
}

async function readJson<T>(response: Response): Promise<T> {
  const answer = await readAnswer(response);
  const { json } = answer;
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  if (!isObject && response.status !== 204) throw refused(answer);
  return json as T;
}

async function readAnswer(response: Response): Promise<Answer> {
  return parseAnswer(response, await boundedText(response));
}

function misaddressed(): RestError {
  return new RestError('validation_failed', 'An id may not be empty, "." or "..".');
}

function refused({ response, json }: Answer): RestError {
  const { status } = response;
  const { code, message, retryAfterMs } = readRefusal(response, json);
  return new RestError(code, message || `HTTP ${status}`, { status, retryAfterMs });
}

function unanswered(cause: unknown): RestError {
  const isLate = cause instanceof Error && cause.name === 'TimeoutError';
  const message = isLate ? cause.message : 'The server could not be reached.';
  return new RestError('network_unreachable', message, { cause });
}

function contentOf(
  { body, headers }: RestRequest,
  bearer: string | null | undefined,
): Pick<RequestInit, 'headers' | 'body'> {
  const isJson = body !== undefined && !(body instanceof Uint8Array);
  return {
    headers: {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as BodyInit) }),
  };
}

function searchOf(query: object = {}): string {
  const values = Object.entries(query as Record<string, QueryValue>);
  const given = values.filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length > 0 ? `?${search}` : '';
}

function isSoon(error: unknown): boolean {
  return error instanceof RestError && (error.retryAfterMs ?? 0) <= LONGEST_ASKED_MS;
}

/** Whether the server refused the request before it did anything. */
function didNothing(error: unknown): boolean {
  return error instanceof RestError && error.status === 429;
}
