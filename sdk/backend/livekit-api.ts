/** `backend.livekit`: tokens for frontends made with LiveKit's own SDKs. */
import type { Ask } from '../rest/core/open-rest.js';
import type { LivekitTokenRequest, LivekitTokenResponse } from '../wire/livekit-token.js';
import { createRequest, type CreateOptions } from './create-options.js';

/** In whose name a token is requested: the server grants them to a publishable key, from one of its origins. */
export interface LivekitTokenOptions extends CreateOptions {
  publishableKey: string;
  /** One of the key's origins, e.g. `https://shop.example`. */
  origin: string;
}

/**
 * `backend.livekit`.
 *
 * @example
 * const { server_url, participant_token } = await backend.livekit.createToken(
 *   { room_config: { agents: [{ agent_name: 'agent_…' }] } },
 *   { publishableKey: 'dnx_pk_…', origin: 'https://shop.example' },
 * );
 */
export class LivekitApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Creates a call in the shape of LiveKit's token endpoints, for a backend that passes the token on to its pages. */
  createToken(
    request: LivekitTokenRequest,
    { publishableKey, origin, ...options }: LivekitTokenOptions,
  ): Promise<LivekitTokenResponse> {
    const create = createRequest('/v1/livekit/token', request, options);
    const headers = { ...create.headers, origin };
    return this.#ask({ ...create, bearer: publishableKey, headers });
  }
}
