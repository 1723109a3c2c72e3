/** Agents; what they say and do is in their versions. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { Agent, CreateAgentRequest, UpdateAgentRequest, VersionDiff } from '../wire/agent.js';
import type { Page } from '../wire/call.js';
import { createRequest, type CreateOptions } from './create-options.js';
import { everyRow, type PageQuery } from './every-row.js';
import { pathOf } from './path-of.js';
import { VersionsApi } from './versions-api.js';

/** `backend.agents`. */
export class AgentsApi {
  readonly versions: VersionsApi;
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
    this.versions = new VersionsApi(ask);
  }

  /** Creates an agent and its first draft. */
  create(request: CreateAgentRequest, options: CreateOptions = {}): Promise<Agent> {
    return this.#ask(createRequest('/v1/agents', request, options));
  }

  /** One page of agents, newest first. */
  list(query: PageQuery = {}, options: RequestOptions = {}): Promise<Page<Agent>> {
    return this.#ask({ method: 'GET', path: '/v1/agents', query, ...options });
  }

  /** Every agent, newest first. */
  all(query: PageQuery = {}, options: RequestOptions = {}): AsyncGenerator<Agent> {
    return everyRow(query, (page) => this.list(page, options));
  }

  /** An agent. */
  get(agentId: string, options: RequestOptions = {}): Promise<Agent> {
    return this.#ask({ method: 'GET', path: pathOf`/v1/agents/${agentId}`, ...options });
  }

  /** Changes the title, or settings of the draft. */
  update(
    agentId: string,
    request: UpdateAgentRequest,
    options: RequestOptions = {},
  ): Promise<Agent> {
    const path = pathOf`/v1/agents/${agentId}`;
    return this.#ask({ method: 'PATCH', path, body: request, ...options });
  }

  /** What changed between two versions, by number. */
  diff(
    agentId: string,
    from: number,
    to: number,
    options: RequestOptions = {},
  ): Promise<VersionDiff> {
    const path = pathOf`/v1/agents/${agentId}/diff`;
    return this.#ask({ method: 'GET', path, query: { from, to }, ...options });
  }
}
