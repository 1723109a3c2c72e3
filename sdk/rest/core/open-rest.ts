/** Requests for whoever holds a key or a token and no page: asked, asked again, answered as data or as a `RestError`. */
import { boundedText } from './bounded-text.js';
import { readRefusal } from './read-refusal.js';
import { RestError } from './rest-error.js';
import { isRetryable, LONGEST_ASKED_MS, retry } from './retry.js';
import { parseAnswer, send, type Answer } from './send.js';

const SLOWEST_MS = 8_000;
/** A segment that addresses leave out, so that another resource would be meant: an empty id, `.` or `..`. */
const LOST_SEGMENT = /\/\.{0,2}(?=\/|$)/;

/** Where the server is, and how it is asked. */
export interface RestOptions {
  /** E.g. `https://calls.example.com`. */
  serverUrl: string;
  /** How long one try may take. */
  timeoutMs: number;
  /** Further tries where nothing answered, the server is in trouble, or it asks to wait. */
  retries: number;
  /** The key or token that requests carry which name none. */
  bearer?: string;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch | undefined;
}

/** What may differ from one request to the next. */
export interface RequestOptions {
  /** Gives up the request and its further tries: it rejects with `aborted`. */
  signal?: AbortSignal;
  /** How long one try may take. Default: the client's. */
  timeoutMs?: number;
  /** Further tries. Default: the client's. */
  retries?: number;
}

/** The value of one parameter; several are an "or". */
type QueryValue = string | number | boolean | readonly string[] | undefined;

/** One request. */
export interface RestRequest extends RequestOptions {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the server's address, or a whole one. */
  path: string;
  /** Instead of the client's own; `null`: none. */
  bearer?: string | null;
  query?: object;
  /** Sent as JSON, but bytes as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Tried again only where the server says that it did nothing: a second time would be refused, or do it twice. */
  isOnce?: boolean;
  /** A status of an error whose answer is data nevertheless. */
  alsoGood?: number;
}

/**
 * Asks, and answers the JSON object, `null` where there is no body, or what `read` makes of a good answer. Whatever the
 * server or the network do becomes a `RestError`; a redirect too, as it would take the request and its body elsewhere. A path
 * that would mean another resource is not sent: `validation_failed`.
 */
export type Ask = <T>(
  request: RestRequest,
  read?: (response: Response) => Promise<T>,
) => Promise<T>;

/** Makes the requests. */
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

/** A `fetch` that the signal gives up as well. */
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

/** Refused before anything was done. */
function didNothing(error: unknown): boolean {
  return error instanceof RestError && error.status === 429;
}
