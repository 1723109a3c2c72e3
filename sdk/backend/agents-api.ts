/** `backend.agents`: create, list, read, change and compare agents. How an agent behaves is in its versions. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { Agent, CreateAgentRequest, UpdateAgentRequest, VersionDiff } from '../wire/agent.js';
import type { Page } from '../wire/call.js';
import { createRequest, type CreateOptions } from './create-options.js';
import { everyRow, type PageQuery } from './every-row.js';
import { pathOf } from './path-of.js';
import { VersionsApi } from './versions-api.js';

/**
 * `backend.agents`.
 *
 * @example
 * const agent = await backend.agents.create({ title: 'Reception', settings: { prompt: 'You answer calls.' } });
 * await backend.agents.versions.publish(agent.id, agent.draft_version_number);
 */
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

  /** All agents, newest first; pages are requested as they are needed. */
  all(query: PageQuery = {}, options: RequestOptions = {}): AsyncGenerator<Agent> {
    return everyRow(query, (page) => this.list(page, options));
  }

  /** Reads an agent. Rejects with `not_found`. */
  get(agentId: string, options: RequestOptions = {}): Promise<Agent> {
    return this.#ask({ method: 'GET', path: pathOf`/v1/agents/${agentId}`, ...options });
  }

  /** Changes an agent's title, or settings of its draft; what is left out stays as it is. */
  update(
    agentId: string,
    request: UpdateAgentRequest,
    options: RequestOptions = {},
  ): Promise<Agent> {
    const path = pathOf`/v1/agents/${agentId}`;
    return this.#ask({ method: 'PATCH', path, body: request, ...options });
  }

  /** Every setting that differs between two versions of an agent, given by their numbers. */
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
