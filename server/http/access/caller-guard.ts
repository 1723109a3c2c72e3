/** Who may use a call's own routes: its page, by the token of the call. */
import { HttpError } from '../errors/http-error.js';
import { bearerOf, isApiKey } from '../request/bearer.js';
import { takeRate } from './guards.js';
import type { Guard } from '../routing/endpoint.js';
import type { RouteContext } from '../routing/route-context.js';

const NOT_A_KEY =
  "This address takes the call's own token, and no key. With a secret key, GET /v1/calls/{call_id} tells the whole call.";

/** Takes the call's token, as the Bearer token only: a query would put it into logs and browser histories. */
export function callerGuard({ limiter, rates }: RouteContext): Guard<string> {
  return {
    security: ['callToken'],
    refusals: ['unauthorized', 'token_invalid', 'origin_not_allowed'],
    check: async (c) => {
      await takeRate(c, limiter, `caller:${c.get('network')}`, rates.caller);
      const token = bearerOf(c);
      if (!token) throw HttpError.unauthorized();
      if (isApiKey(token)) throw HttpError.tokenInvalid(NOT_A_KEY);
      return token;
    },
  };
}

/**
 * The same, checked before the body is read; `null`: the token is in the body, since a closing page cannot set headers
 * across origins.
 */
export function closingPageGuard(context: RouteContext<'checkCaller'>): Guard<string | null> {
  const { verbs, limiter, rates } = context;
  return {
    security: ['callToken'],
    refusals: ['unauthorized', 'token_invalid'],
    check: async (c) => {
      await takeRate(c, limiter, `caller:${c.get('network')}`, rates.caller);
      const token = bearerOf(c);
      if (!token) return null;
      if (isApiKey(token)) throw HttpError.tokenInvalid(NOT_A_KEY);
      await verbs.checkCaller(c.req.param('call_id') ?? '', token);
      return token;
    },
  };
}
