/** A backend's way to the server: the whole REST API with a secret key. */
import { openRest } from '../rest/core/open-rest.js';
import { AgentsApi } from './agents-api.js';
import { ApiKeysApi } from './api-keys-api.js';
import { CallsApi } from './calls-api.js';
import { HealthApi } from './health-api.js';
import { LivekitApi } from './livekit-api.js';

/** Where the server is, and who asks. */
export interface BackendClientOptions {
  /** E.g. `https://calls.example.com`. */
  serverUrl: string;
  /** `dnx_sk_…`. Never in a browser. */
  secretKey: string;
  /** How long one try may take. Default 30,000 ms. */
  timeoutMs?: number;
  /**
   * Further tries where nothing answered, the server answered 429 or 5xx, after 0.2 s, 0.4 s and so on, or after what the
   * server asks for, where that is at most a minute. Default 2. What a second time would do twice is not tried again.
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
    this.livekit = new LivekitApi(ask);
    this.health = new HealthApi(ask);
  }
}
