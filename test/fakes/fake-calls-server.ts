/** The server's routes for pages, behind `fetch`. */
import type { EndReason } from '../../sdk/wire/call-status.js';
import type { ErrorBody } from '../../sdk/wire/error-body.js';
import type {
  ClientReport,
  CreateWebCallResponse,
  FeedbackRequest,
  TerminateWebCallResponse,
} from '../../sdk/wire/web-call.js';
import { ticks } from '../support/ticks.js';
import { GRANT } from './answers.js';

/** One call as the server sees it. */
export interface ServedCall {
  id: string;
  token: string;
  endReason: EndReason | null;
  /** Its page was left, and the next one may take it up. */
  isBetweenPages?: boolean;
}

/** Counts open records; `fetch` is its only door. */
export class FakeCallsServer {
  readonly calls: ServedCall[] = [];
  readonly requests: { url: string; method: string; body: unknown; headers: Headers }[] = [];
  /** What pages told of their calls; not among the requests. */
  readonly reports: ClientReport[] = [];
  readonly feedback: FeedbackRequest[] = [];
  /** Answered to the next create or rating. */
  refusal: (Partial<ErrorBody> & { statusCode: number; retryAfter?: string }) | null = null;
  unreachable = false;
  /** Requests are taken, and given up by whoever waits for their answers. */
  hangs = false;
  delay = 5;

  readonly fetch: typeof fetch = async (input, init) => {
    const url = String(input);
    const body: unknown = init?.body ? JSON.parse(String(init.body)) : undefined;
    const method = init?.method ?? 'GET';
    const headers = new Headers(init?.headers);
    const isTold = /\/(client-report|feedback)$/.exec(url);
    if (isTold) return this.#told(isTold[1] === 'feedback' ? this.feedback : this.reports, body);
    this.requests.push({ url, method, body, headers });
    await ticks(this.delay);
    if (this.unreachable) throw new TypeError('Failed to fetch');
    if (this.hangs) await givenUp(init?.signal);
    const [, id, verb] = /\/v1\/web-calls\/([^/]+)(\/terminate|\/resume)?$/.exec(url) ?? [];
    if (!id) return this.#create();
    if (id === 'preflight') return this.#way(201, 'join a trial');
    if (verb === '/resume') return this.#resume(id, body);
    if (verb) return this.#terminate(id, body);
    return this.#show(id, headers.get('authorization')?.replace('Bearer ', ''));
  };

  /** A backend, or the server itself, ends a call. */
  end(endReason: EndReason, call = this.calls.at(-1)): void {
    if (call) call.endReason ??= endReason;
  }

  get open(): ServedCall[] {
    return this.calls.filter((call) => call.endReason === null);
  }

  /** What the page handed to the browser on its way out. */
  beacon(url: string, body: string): boolean {
    void this.fetch(url, { method: 'POST', body });
    return true;
  }

  async #told(list: unknown[], body: unknown): Promise<Response> {
    await ticks(this.delay);
    if (this.unreachable) throw new TypeError('Failed to fetch');
    if (this.refusal && list === this.feedback) return this.#refuse(this.refusal);
    list.push(body);
    return new Response(null, { status: 204 });
  }

  #refuse({ retryAfter, ...body }: NonNullable<FakeCallsServer['refusal']>): Response {
    const headers = new Headers(retryAfter ? { 'retry-after': retryAfter } : {});
    return Response.json(body, { status: body.statusCode, headers });
  }

  #create(): Response {
    if (this.refusal) return this.#refuse(this.refusal);
    const id = `call_${this.calls.length + 1}`;
    this.calls.push({ id, token: `token of ${id}`, endReason: null });
    const grant: CreateWebCallResponse = {
      ...GRANT,
      call_id: id,
      server_url: 'wss://media.example',
      access_token: `join ${id}`,
      call_token: `token of ${id}`,
    };
    return Response.json(grant, { status: 201 });
  }

  #terminate(id: string, body: unknown): Response {
    const asked = body as { call_token?: string; reason?: EndReason; may_return?: boolean };
    const { call_token: token, reason } = asked;
    const call = this.calls.find((one) => one.id === id && one.token === token);
    if (call && asked.may_return) call.isBetweenPages = true;
    else if (call) call.endReason ??= reason ?? 'user_disconnected';
    return this.#show(id, token);
  }

  #resume(id: string, body: unknown): Response {
    const { call_token: token } = body as { call_token?: string };
    const call = this.calls.find((one) => one.id === id && one.token === token);
    if (!call) return this.#show(id, token);
    if (call.endReason) {
      const code = 'call_already_ended';
      return this.#refuse({ statusCode: 409, error: 'Conflict', message: 'It is over.', code });
    }
    call.isBetweenPages = false;
    return this.#way(200, `join ${id} again`);
  }

  #way(status: number, token: string): Response {
    if (this.refusal) return this.#refuse(this.refusal);
    const { expires_at } = GRANT;
    const way = { server_url: 'wss://media.example', access_token: token, expires_at };
    return Response.json(way, { status });
  }

  #show(id: string, token: string | undefined): Response {
    const call = this.calls.find((one) => one.id === id);
    if (!call || call.token !== token) {
      const message = 'The token is not valid for this request.';
      const code = 'token_invalid';
      const refusal: ErrorBody = { statusCode: 401, error: 'Unauthorized', message, code };
      return Response.json(refusal, { status: 401 });
    }
    const end: TerminateWebCallResponse = {
      call_id: id,
      status: call.endReason ? 'completed' : 'received',
      end_reason: call.endReason,
      ended_at: call.endReason ? '2026-11-23T18:00:00.000Z' : null,
    };
    return Response.json(end);
  }
}

function givenUp(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
