/** The requests that a page may make: create a call, end it, and read how it ended. */
import { CallError } from '../error/call-error.js';
import { ofHost, underPagePolicy } from '../page/under-page-policy.js';
import type { CallerEndReason } from '../wire/call-status.js';
import type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallRequest,
  TerminateWebCallResponse,
} from '../wire/web-call.js';
import { errorOfAnswer, readJson } from './error-of-answer.js';
import { isWrongPath, whyUnanswered } from './why-unanswered.js';

const CREATE_TIMEOUT_MS = 15_000;

/** What is wrong with metadata that cannot be sent. */
export const NOT_JSON = 'metadata must be what JSON can carry: no cycles, no BigInt.';

/** The call that a request is about, and the right to end it. */
export interface CallTicket {
  callId: string;
  callToken: string;
}

/** Talks to `serverUrl` with `fetch` as it is given. */
export class RestClient {
  readonly #serverUrl: string;
  readonly #apiKey: string;
  readonly #fetch: typeof fetch;

  constructor(serverUrl: string, apiKey: string, fetcher: typeof fetch) {
    this.#serverUrl = serverUrl;
    this.#apiKey = apiKey;
    this.#fetch = fetcher;
  }

  /** Creates the call. Rejects with `CallError`. */
  async createCall(body: CreateWebCallRequest): Promise<CreateWebCallResponse> {
    const answer = await this.#post(bodyText(body));
    const json = await readJson(answer);
    if (answer.ok && isGrant(json)) return json;
    throw await this.#refusal(answer, json);
  }

  /**
   * Ends the call and asks how it ended; `null` when the server did not say in time. A text/plain
   * body with the token needs no preflight and outlives the page.
   */
  async terminate(
    ticket: CallTicket,
    reason: CallerEndReason | undefined,
    timeoutMs: number,
  ): Promise<TerminateWebCallResponse | null> {
    try {
      const answer = await this.#fetch(this.terminateUrl(ticket), {
        method: 'POST',
        headers: { 'content-type': 'text/plain;charset=UTF-8' },
        body: terminateBody(ticket, reason),
        keepalive: true,
        signal: timeLimit(timeoutMs),
      });
      const json = await readJson(answer);
      return answer.ok && isTermination(json) ? json : null;
    } catch {
      return null;
    }
  }

  /** Reads how the call ended, or that it has not; `null` when the server did not say in time. */
  async readCall(ticket: CallTicket, timeoutMs: number): Promise<TerminateWebCallResponse | null> {
    try {
      const answer = await this.#fetch(this.#callUrl(ticket), {
        headers: { authorization: `Bearer ${ticket.callToken}` },
        signal: timeLimit(timeoutMs),
      });
      const json = await readJson(answer);
      return answer.ok && isTermination(json) ? json : null;
    } catch {
      return null;
    }
  }

  async #refusal(answer: Response, json: unknown): Promise<CallError> {
    // On its way a request loses its method and its key: what was said at the end is not about this call.
    if (answer.redirected) return CallError.serverRedirects(answer.url);
    const error = errorOfAnswer(answer, json);
    const isPath =
      error.code === 'method_not_allowed' ||
      (error.code === 'not_found' && (await isWrongPath(this.#serverUrl, this.#fetch)));
    return isPath ? CallError.wrongServerPath(this.#serverUrl, error) : error;
  }

  async #post(body: string): Promise<Response> {
    const url = `${this.#serverUrl}/v1/web-calls`;
    const headers = {
      authorization: `Bearer ${this.#apiKey}`,
      'content-type': 'application/json',
    };
    try {
      return await underPagePolicy(
        () =>
          this.#fetch(url, { method: 'POST', headers, body, signal: timeLimit(CREATE_TIMEOUT_MS) }),
        ofHost(url),
      );
    } catch (cause) {
      if (cause instanceof CallError) throw cause;
      throw await whyUnanswered({ serverUrl: this.#serverUrl, fetch: this.#fetch, cause });
    }
  }

  /** Where `terminate` posts. */
  terminateUrl(ticket: CallTicket): string {
    return `${this.#callUrl(ticket)}/terminate`;
  }

  #callUrl(ticket: CallTicket): string {
    return `${this.#serverUrl}/v1/web-calls/${encodeURIComponent(ticket.callId)}`;
  }
}

/** What `terminate` posts; a closing page hands it to the browser instead. */
export function terminateBody(ticket: CallTicket, reason: CallerEndReason | undefined): string {
  const body: TerminateWebCallRequest = { call_token: ticket.callToken };
  if (reason) body.reason = reason;
  return JSON.stringify(body);
}

/** The page may have changed its metadata since they were checked. */
function bodyText(body: CreateWebCallRequest): string {
  try {
    return JSON.stringify(body);
  } catch {
    throw CallError.invalidOptions(NOT_JSON);
  }
}

/** Safari 15 has no `AbortSignal.timeout`: there the browser's own limit holds. */
function timeLimit(ms: number): AbortSignal | null {
  return AbortSignal.timeout?.(ms) ?? null;
}

function isGrant(json: unknown): json is CreateWebCallResponse {
  return hasStrings(json, ['call_id', 'server_url', 'access_token', 'call_token']);
}

function isTermination(json: unknown): json is TerminateWebCallResponse {
  return hasStrings(json, ['call_id', 'status']);
}

function hasStrings(json: unknown, names: string[]): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const record = json as Record<string, unknown>;
  return names.every((name) => typeof record[name] === 'string');
}
