/** How the server is. */
import { boundedText } from '../rest/core/bounded-text.js';
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { Readiness } from '../wire/health.js';

/** `backend.health`. Asked once where nothing else is said: a monitor wants to know of each failure. */
export class HealthApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Resolves when the process lives. */
  async live(options: RequestOptions = {}): Promise<void> {
    await this.#ask({ method: 'GET', path: '/healthz', bearer: null, retries: 0, ...options });
  }

  /** Whether it can serve calls, and what is missing. */
  ready(options: RequestOptions = {}): Promise<Readiness> {
    const request = { method: 'GET', path: '/readyz', bearer: null } as const;
    return this.#ask({ ...request, retries: 0, alsoGood: 503, ...options });
  }

  /** Figures for Prometheus, as text. `token`: `METRICS_TOKEN`; without one the machine itself is answered only. */
  metrics({ token, ...options }: RequestOptions & { token?: string } = {}): Promise<string> {
    const request = { method: 'GET', path: '/metrics', bearer: token ?? null } as const;
    return this.#ask({ ...request, retries: 0, ...options }, boundedText);
  }
}
