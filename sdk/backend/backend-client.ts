/** The REST API for backends, with a secret key. */
import { openRest } from '../rest/core/open-rest.js';
import { AgentsApi } from './agents-api.js';
import { ApiKeysApi } from './api-keys-api.js';
import { CallsApi } from './calls-api.js';
import { HealthApi } from './health-api.js';
import { LivekitApi } from './livekit-api.js';
import { PrivacyApi } from './privacy-api.js';
import { WebhooksApi } from './webhooks-api.js';

/** The server, the key, and how requests are made. */
export interface BackendClientOptions {
  /** Address of the server, e.g. `https://calls.example.com`. */
  serverUrl: string;
  /** A secret key, `dnx_sk_…`. Never use one in a browser. */
  secretKey: string;
  /** Time limit of one try in ms. Default 30,000. */
  timeoutMs?: number;
  /**
   * Retries after no answer, 429 or 5xx. They follow after 0.2 s, 0.4 s and so on, or after the time that the server
   * asks for, up to a minute. Default 2. Requests that must not be done twice are not retried.
   */
  retries?: number;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
}

/**
 * A typed client of the REST API. Every method rejects with a `RestError`, and takes `signal`, `timeoutMs` and `retries`
 * as its last argument.
 *
 * @example
 * const backend = new BackendClient({
 *   serverUrl: 'https://calls.example.com',
 *   secretKey: process.env.DIALNEXA_SECRET_KEY ?? '',
 * });
 * for await (const call of backend.calls.all({ status: 'received' })) await backend.calls.terminate(call.id);
 */
export class BackendClient {
  readonly calls: CallsApi;
  readonly agents: AgentsApi;
  readonly apiKeys: ApiKeysApi;
  readonly webhooks: WebhooksApi;
  readonly privacy: PrivacyApi;
  readonly livekit: LivekitApi;
  readonly health: HealthApi;

  /** @throws {TypeError} when the key is missing or is not a secret one */
  constructor(options: BackendClientOptions) {
    const given: unknown = options.secretKey;
    if (typeof given !== 'string' || !given.startsWith('dnx_sk_')) {
      const what = given
        ? 'this is another kind of key'
        : 'none was given; see that its environment variable is set';
      throw new TypeError(`BackendClient needs a secret key, dnx_sk_…: ${what}.`);
    }
    const { serverUrl, secretKey: bearer, timeoutMs = 30_000, retries = 2, fetch } = options;
    const ask = openRest({ serverUrl, bearer, timeoutMs, retries, fetch });
    this.calls = new CallsApi(ask);
    this.agents = new AgentsApi(ask);
    this.apiKeys = new ApiKeysApi(ask);
    this.webhooks = new WebhooksApi(ask);
    this.privacy = new PrivacyApi(ask);
    this.livekit = new LivekitApi(ask);
    this.health = new HealthApi(ask);
  }
}
