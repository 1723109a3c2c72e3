/** `backend.agents.versions`: list, read, change and publish the versions of an agent. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { AgentVersion, PublishVersionRequest, VersionSettingsPatch } from '../wire/agent.js';
import type { Page } from '../wire/call.js';
import { everyRow, type PageQuery } from './every-row.js';
import { pathOf } from './path-of.js';

/**
 * `backend.agents.versions`. A version is named by its number within the agent.
 *
 * @example
 * await backend.agents.versions.update('agent_…', 2, { settings: { language: 'de' } });
 * await backend.agents.versions.publish('agent_…', 2);
 */
export class VersionsApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** One page of versions, newest first; the draft has the highest number. */
  list(
    agentId: string,
    query: PageQuery = {},
    options: RequestOptions = {},
  ): Promise<Page<AgentVersion>> {
    const path = pathOf`/v1/agents/${agentId}/versions`;
    return this.#ask({ method: 'GET', path, query, ...options });
  }

  /** All versions, newest first; pages are requested as they are needed. */
  all(
    agentId: string,
    query: PageQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<AgentVersion> {
    return everyRow(query, (page) => this.list(agentId, page, options));
  }

  /** Reads a version with its settings. Rejects with `not_found`. */
  get(agentId: string, number: number, options: RequestOptions = {}): Promise<AgentVersion> {
    const path = pathOf`/v1/agents/${agentId}/versions/${number}`;
    return this.#ask({ method: 'GET', path, ...options });
  }

  /**
   * Changes a draft; settings that are left out stay as they are. Rejects with `version_immutable` when it is
   * published.
   */
  update(
    agentId: string,
    number: number,
    settings: VersionSettingsPatch,
    options: RequestOptions = {},
  ): Promise<AgentVersion> {
    const path = pathOf`/v1/agents/${agentId}/versions/${number}`;
    return this.#ask({ method: 'PATCH', path, body: { settings }, ...options });
  }

  /** Publishes a draft, which never changes afterwards. A copy of it is the new draft. */
  publish(
    agentId: string,
    number: number,
    request: PublishVersionRequest = {},
    options: RequestOptions = {},
  ): Promise<AgentVersion> {
    const path = pathOf`/v1/agents/${agentId}/versions/${number}/publish`;
    return this.#ask({ method: 'POST', path, body: request, isOnce: true, ...options });
  }
}
