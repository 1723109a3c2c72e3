/** Calls for front ends of LiveKit. */
import type { Ask } from '../rest/core/open-rest.js';
import type { LivekitTokenRequest, LivekitTokenResponse } from '../wire/livekit-token.js';
import { createRequest, type CreateOptions } from './create-options.js';

/** On whose behalf: the server gives tokens to a publishable key, and only from one of its origins. */
export interface LivekitTokenOptions extends CreateOptions {
  publishableKey: string;
  /** E.g. `https://shop.example`. */
  origin: string;
}

/** `backend.livekit`. */
export class LivekitApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** A call in the shape of LiveKit's token endpoints, for a backend that hands it on to its own pages. */
  createToken(
    request: LivekitTokenRequest,
    { publishableKey, origin, ...options }: LivekitTokenOptions,
  ): Promise<LivekitTokenResponse> {
    const create = createRequest('/v1/livekit/token', request, options);
    const headers = { ...create.headers, origin };
    return this.#ask({ ...create, bearer: publishableKey, headers });
  }
}
