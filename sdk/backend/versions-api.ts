/** Versions of an agent: drafts and published snapshots. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { AgentVersion, PublishVersionRequest, VersionSettingsPatch } from '../wire/agent.js';
import type { Page } from '../wire/call.js';
import { everyRow, type PageQuery } from './every-row.js';
import { pathOf } from './path-of.js';

/** `backend.agents.versions`. Versions are named by their number. */
export class VersionsApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** One page, newest first; the draft has the highest number. */
  list(
    agentId: string,
    query: PageQuery = {},
    options: RequestOptions = {},
  ): Promise<Page<AgentVersion>> {
    const path = pathOf`/v1/agents/${agentId}/versions`;
    return this.#ask({ method: 'GET', path, query, ...options });
  }

  /** Every version, newest first. */
  all(
    agentId: string,
    query: PageQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<AgentVersion> {
    return everyRow(query, (page) => this.list(agentId, page, options));
  }

  /** A version with its settings. */
  get(agentId: string, number: number, options: RequestOptions = {}): Promise<AgentVersion> {
    const path = pathOf`/v1/agents/${agentId}/versions/${number}`;
    return this.#ask({ method: 'GET', path, ...options });
  }

  /** Changes a draft; settings that are left out stay as they are. */
  update(
    agentId: string,
    number: number,
    settings: VersionSettingsPatch,
    options: RequestOptions = {},
  ): Promise<AgentVersion> {
    const path = pathOf`/v1/agents/${agentId}/versions/${number}`;
    return this.#ask({ method: 'PATCH', path, body: { settings }, ...options });
  }

  /** Freezes a draft for ever, and leaves a new one behind. */
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
