/** A backend's way to the server: start, end and read calls with a secret key. */
import type { CallStatus, EndReason } from '../wire/call-status.js';
import type { Call, CallSummary, Page } from '../wire/call.js';
import type { ErrorBody } from '../wire/error-body.js';
import type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallResponse,
} from '../wire/web-call.js';
import { BackendError } from './backend-error.js';

/** Where the server is, and who asks. */
export interface BackendClientOptions {
  /** E.g. `https://calls.example.com`. */
  serverUrl: string;
  /** `dnx_sk_…`. Never in a browser. */
  secretKey: string;
  /** How long one request may take. Default 30,000 ms. */
  timeoutMs?: number;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
}

/** Which calls `listCalls` returns; several values of one filter are an "or". */
export interface ListCallsFilter {
  agent_id?: string | string[];
  agent_version_id?: string | string[];
  status?: CallStatus | CallStatus[];
  end_reason?: EndReason | EndReason[];
  /** 1–200. */
  limit?: number;
  cursor?: string;
}

/**
 * A typed client of the REST API.
 *
 * @example
 * const backend = new BackendClient({
 *   serverUrl: 'https://calls.example.com',
 *   secretKey: process.env.DIALNEXA_SECRET_KEY ?? '',
 * });
 * await backend.terminateCall('call_…');
 */
export class BackendClient {
  readonly #serverUrl: string;
  readonly #secretKey: string;
  readonly #timeoutMs: number;
  readonly #fetch: typeof fetch;

  /** @throws {TypeError} when the key is missing or is not a secret one */
  constructor(options: BackendClientOptions) {
    const given: unknown = options.secretKey;
    if (typeof given !== 'string' || !given.startsWith('dnx_sk_')) {
      const what = given
        ? 'this is another kind of key'
        : 'none was given; see that its environment variable is set';
      throw new TypeError(`BackendClient needs a secret key, dnx_sk_…: ${what}.`);
    }
    this.#serverUrl = options.serverUrl.replace(/\/+$/, '');
    this.#secretKey = options.secretKey;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  }

  /** Creates a call for a page to join. With the same `idempotencyKey` it is created once. */
  createWebCall(
    request: CreateWebCallRequest,
    options: { idempotencyKey?: string } = {},
  ): Promise<CreateWebCallResponse> {
    const { idempotencyKey } = options;
    const headers: Record<string, string> = idempotencyKey
      ? { 'idempotency-key': idempotencyKey }
      : {};
    return this.#ask('POST', '/v1/web-calls', request, headers);
  }

  /** Ends a call; its page shows the end within a second. Safe to repeat: it answers how the call ended. */
  terminateCall(callId: string): Promise<TerminateWebCallResponse> {
    return this.#ask('POST', `/v1/web-calls/${encodeURIComponent(callId)}/terminate`);
  }

  /** The whole detail of a call. */
  getCall(callId: string): Promise<Call> {
    return this.#ask('GET', `/v1/calls/${encodeURIComponent(callId)}`);
  }

  /** One page of calls, newest first. */
  listCalls(filter: ListCallsFilter = {}): Promise<Page<CallSummary>> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) {
      if (value !== undefined) query.set(name, String(value));
    }
    const text = query.toString();
    return this.#ask('GET', text ? `/v1/calls?${text}` : '/v1/calls');
  }

  /** Every call, newest first, page by page as they are read. */
  async *allCalls(filter: Omit<ListCallsFilter, 'cursor'> = {}): AsyncGenerator<CallSummary> {
    let cursor: string | null = null;
    do {
      const page: Page<CallSummary> = await this.listCalls(cursor ? { ...filter, cursor } : filter);
      yield* page.data;
      cursor = page.next_cursor;
    } while (cursor);
  }

  async #ask<T>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    let answer: Response;
    try {
      answer = await this.#fetch(this.#serverUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${this.#secretKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
    } catch (cause) {
      throw BackendError.unreachable(cause);
    }
    const json: unknown = await answer.json().catch(() => null);
    if (!answer.ok) throw BackendError.refused(answer, json as Partial<ErrorBody> | null);
    return json as T;
  }
}
