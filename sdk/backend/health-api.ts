/** `backend.health`: liveness, readiness and metrics of the server. */
import { boundedText } from '../rest/core/bounded-text.js';
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { Readiness } from '../wire/health.js';

/**
 * `backend.health`. No request is retried unless `retries` says so: a monitor wants to see every failure.
 *
 * @example
 * const { status, checks } = await backend.health.ready();
 */
export class HealthApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Resolves when the process is alive. */
  async live(options: RequestOptions = {}): Promise<void> {
    await this.#ask({ method: 'GET', path: '/healthz', bearer: null, retries: 0, ...options });
  }

  /** Whether the server can serve calls, and what prevents it. Not being ready is no error. */
  ready(options: RequestOptions = {}): Promise<Readiness> {
    const request = { method: 'GET', path: '/readyz', bearer: null } as const;
    return this.#ask({ ...request, retries: 0, alsoGood: 503, ...options });
  }

  /**
   * The metrics in Prometheus' text format. `token`: `METRICS_TOKEN` of the server; without one only requests from its
   * own machine are answered.
   */
  metrics({ token, ...options }: RequestOptions & { token?: string } = {}): Promise<string> {
    const request = { method: 'GET', path: '/metrics', bearer: token ?? null } as const;
    return this.#ask({ ...request, retries: 0, ...options }, boundedText);
  }
}
