/** The requests of a page: create a call, terminate it, and read how it ended. */
import { CallError } from '../error/call-error.js';
import { ofHost, underPagePolicy } from '../page/under-page-policy.js';
import type { CallerEndReason } from '../wire/call-status.js';
import type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  FeedbackRequest,
  MediaGrant,
  TerminateWebCallRequest,
  TerminateWebCallResponse,
} from '../wire/web-call.js';
import { send, type Answer } from './core/send.js';
import { errorOfAnswer } from './error-of-answer.js';
import { isWrongPath, whyUnanswered } from './why-unanswered.js';

const CREATE_TIMEOUT_MS = 15_000;
const TELL_TIMEOUT_MS = 10_000;

/** The id of a call, and the token that allows the page to terminate it. */
export interface CallTicket {
  callId: string;
  callToken: string;
}

/** The client of one page. Rejects with `CallError`. */
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
    const answer = await this.#post('', bodyText(body));
    if (answer.response.ok && isGrant(answer.json)) return answer.json;
    throw await this.#refusal(answer);
  }

  /** Asks for a way into a room for a trial. Rejects with `CallError`. */
  async tryMedia(): Promise<MediaGrant> {
    const answer = await this.#post('/preflight', '');
    if (answer.response.ok && isWay(answer.json)) return answer.json;
    throw await this.#refusal(answer);
  }

  /** Asks for a new way into the room of a call. Rejects with `CallError`. */
  async resume(ticket: CallTicket): Promise<MediaGrant> {
    const answer = await this.tell(ticket, '/resume', bodyOf(ticket, {})).catch(unreached);
    if (answer.response.ok && isWay(answer.json)) return answer.json;
    throw errorOfAnswer(answer);
  }

  /** Terminates the call and resolves with how it ended; `null` when the server did not answer in time. */
  terminate(
    ticket: CallTicket,
    reason: CallerEndReason | undefined,
    timeoutMs: number,
  ): Promise<TerminateWebCallResponse | null> {
    return howItEnded(this.tell(ticket, '/terminate', terminateBody(ticket, reason), timeoutMs));
  }

  /** Reads how the call ended, or that it has not; `null` when the server did not answer in time. */
  readCall(ticket: CallTicket, timeoutMs: number): Promise<TerminateWebCallResponse | null> {
    const headers = { authorization: `Bearer ${ticket.callToken}` };
    return howItEnded(send(this.#fetch, this.urlOf(ticket), { headers, timeoutMs }));
  }

  async #refusal(answer: Answer): Promise<CallError> {
    // A redirected request loses its method and its key, so this is no answer about the call.
    if (answer.response.redirected) return CallError.serverRedirects(answer.response.url);
    const error = errorOfAnswer(answer);
    const { code, message } = error;
    // Browsers write the refusal of that question into the console: it is not asked where the answer names the agent.
    const isPath =
      code === 'method_not_allowed' ||
      (code === 'not_found' &&
        !message.includes('such agent') &&
        (await isWrongPath(this.#serverUrl, this.#fetch)));
    return isPath ? CallError.wrongServerPath(this.#serverUrl, error) : error;
  }

  async #post(path: string, body: string): Promise<Answer> {
    const url = `${this.#serverUrl}/v1/web-calls${path}`;
    const headers = {
      authorization: `Bearer ${this.#apiKey}`,
      'content-type': 'application/json',
    };
    const init = { method: 'POST', headers, body, timeoutMs: CREATE_TIMEOUT_MS };
    try {
      return await underPagePolicy(() => send(this.#fetch, url, init), ofHost(url));
    } catch (cause) {
      if (cause instanceof CallError) throw cause;
      throw await whyUnanswered(this.#serverUrl, this.#fetch, cause);
    }
  }

  /** Rejects with `CallError`. */
  async rate(ticket: CallTicket, feedback: FeedbackRequest): Promise<void> {
    const body = bodyOf(ticket, feedback);
    const answer = await this.tell(ticket, '/feedback', body).catch(unreached);
    if (!answer.response.ok) throw errorOfAnswer(answer);
  }

  /**
   * Sends what a page tells of its call. The body is text without a content type, so that the request needs no preflight
   * and outlives the page.
   */
  tell(
    ticket: CallTicket,
    verb: string,
    body: string,
    timeoutMs = TELL_TIMEOUT_MS,
  ): Promise<Answer> {
    const init = { method: 'POST', body, keepalive: true, timeoutMs };
    return send(this.#fetch, this.urlOf(ticket, verb), init);
  }

  /** An address of the call. */
  urlOf(ticket: CallTicket, verb = ''): string {
    const id = encodeURIComponent(ticket.callId);
    return `${this.#serverUrl}/v1/web-calls/${id}${verb}`;
  }
}

/** The body for `terminate`; a closing page sends it as a beacon. */
export function terminateBody(
  ticket: CallTicket,
  reason: CallerEndReason | undefined,
  leaving: Pick<TerminateWebCallRequest, 'participant_sid' | 'may_return'> = {},
): string {
  const body: TerminateWebCallRequest = reason ? { reason, ...leaving } : leaving;
  return bodyOf(ticket, body);
}

/** A body with the call's token in it, as a closing page has to send it. */
export function bodyOf(ticket: CallTicket, body: object): string {
  return JSON.stringify({ call_token: ticket.callToken, ...body });
}

/** The request as JSON. The page may have changed its metadata after they were checked. */
function bodyText(body: CreateWebCallRequest): string {
  try {
    return JSON.stringify(body);
  } catch {
    throw CallError.notJson('metadata');
  }
}

async function howItEnded(asked: Promise<Answer>): Promise<TerminateWebCallResponse | null> {
  try {
    const { response, json } = await asked;
    return response.ok && isTermination(json) ? json : null;
  } catch {
    return null;
  }
}

function unreached(cause: unknown): never {
  throw CallError.networkUnreachable(cause);
}

function isGrant(json: unknown): json is CreateWebCallResponse {
  return isWay(json) && hasStrings(json, ['call_id', 'call_token']);
}

function isWay(json: unknown): json is MediaGrant {
  return hasStrings(json, ['server_url', 'access_token']);
}

function isTermination(json: unknown): json is TerminateWebCallResponse {
  return hasStrings(json, ['call_id', 'status']);
}

function hasStrings(json: unknown, names: string[]): boolean {
  const fields = json as Record<string, unknown> | null;
  return names.every((name) => typeof fields?.[name] === 'string');
}
