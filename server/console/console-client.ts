/** Asks the server this page came from, with the operator's secret key. */
import type { AgentVersion, Agent } from '../../sdk/wire/agent.js';
import type { Call, CallSummary, Page } from '../../sdk/wire/call.js';
import type { ErrorBody } from '../../sdk/wire/error-body.js';
import { ConsoleError } from './console-error.js';

/** What the list may be narrowed to; empty means everything. */
export interface ListFilters {
  status: string;
  agentId: string;
  /** Days of the operator's own calendar, `2026-11-23`. */
  from: string;
  to: string;
}

/** `…/console/console.js` is a file of the server at `…`. */
const SERVER_URL = new URL('..', import.meta.url).href.replace(/\/$/, '');

/** The requests of the console. */
export class ConsoleClient {
  readonly #key: string;
  readonly #fetch: typeof fetch;

  constructor(key: string, fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#key = key;
    this.#fetch = fetcher;
  }

  /** Newest first. */
  listCalls(filters: ListFilters, cursor: string | null, limit = 50): Promise<Page<CallSummary>> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (filters.status) query.set('status', filters.status);
    if (filters.agentId) query.set('agent_id', filters.agentId);
    if (filters.from) query.set('start_date', startOfDay(filters.from, 0));
    if (filters.to) query.set('end_date', startOfDay(filters.to, 1));
    if (cursor) query.set('cursor', cursor);
    return this.#get(`/v1/calls?${query}`);
  }

  /** The whole detail. */
  readCall(id: string): Promise<Call> {
    return this.#get(`/v1/calls/${encodeURIComponent(id)}`);
  }

  /** For the filter: the first two hundred. */
  listAgents(): Promise<Page<Agent>> {
    return this.#get('/v1/agents?limit=200');
  }

  /** The snapshot that a call ran. */
  readVersion(agentId: string, number: number): Promise<AgentVersion> {
    return this.#get(`/v1/agents/${encodeURIComponent(agentId)}/versions/${number}`);
  }

  async #get<T>(path: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.#key}` };
    const answer = await this.#fetch(SERVER_URL + path, { headers, cache: 'no-store' }).catch(
      (cause) => {
        throw ConsoleError.unreachable(cause);
      },
    );
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok) throw ConsoleError.refused(answer.status, body as ErrorBody | null);
    // The server's own schemas are proved against these types.
    return body as T;
  }
}

/** The first moment of a day here, as the server reads it. */
function startOfDay(day: string, daysLater: number): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}
