/** Who may use a call's own routes: its page, by the token of the call. */
import { HttpError } from '../errors/http-error.js';
import { bearerOf, isApiKey } from '../request/bearer.js';
import { takeRate } from './guards.js';
import type { Context } from 'hono';
import type { Guard } from '../routing/endpoint.js';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

const NOT_A_KEY =
  "This address takes the call's own token, and no key. With a secret key, GET /v1/calls/{call_id} tells the whole call.";

/** Takes the call's token, as the Bearer token only: a query would put it into logs and browser histories. */
export function callerGuard(context: RouteContext): Guard<string> {
  return {
    security: ['callToken'],
    refusals: ['unauthorized', 'token_invalid', 'origin_not_allowed'],
    check: async (c) => tokenOf(await bearerOfCaller(c, context)),
  };
}

/**
 * The same, checked before the body is read; `null`: the token is in the body (`tokenOf`), since a closing page cannot set
 * headers across origins.
 */
export function closingPageGuard(context: RouteContext<'checkCaller'>): Guard<string | null> {
  return {
    security: ['callToken'],
    refusals: ['unauthorized', 'token_invalid'],
    check: async (c) => {
      const token = await bearerOfCaller(c, context);
      if (token) await context.verbs.checkCaller(c.req.param('call_id') ?? '', token);
      return token;
    },
  };
}

/** The call's token, from either place. Throws `unauthorized` when it is in neither. */
export function tokenOf(bearer: string | null, inBody?: string): string {
  const token = bearer ?? inBody;
  if (!token) throw HttpError.unauthorized();
  return token;
}

async function bearerOfCaller(
  c: Context<HttpEnv>,
  { limiter, rates }: RouteContext,
): Promise<string | null> {
  await takeRate(c, limiter, `caller:${c.get('network')}`, rates.caller);
  const token = bearerOf(c);
  if (token && isApiKey(token)) throw HttpError.tokenInvalid(NOT_A_KEY);
  return token;
}
