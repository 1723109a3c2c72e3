/** Who may use a route: keys, by kind and by where they are sent from. */
import { isAllowedOrigin } from '../../domain/keys/origin.js';
import { HttpError } from '../errors/http-error.js';
import { bearerOf } from '../request/bearer.js';
import type { Context } from 'hono';
import type { Guard } from '../routing/endpoint.js';
import type { HttpEnv } from '../routing/http-env.js';
import type { RateLimiter, RateRule } from '../rate-limit/rate-limit.js';
import type { Domain } from '../../domain/create-domain.js';
import type { Principal } from '../../domain/keys/principal.js';

/** What guards need to know. */
export interface GuardOptions {
  verbs: Pick<Domain, 'authenticate'>;
  limiter: RateLimiter;
  /** Requests of one key. */
  keyRule: RateRule;
  /** Requests of one address with a publishable key: calls that one visitor may start. */
  visitorRule: RateRule;
  /** Requests of one address with a publishable key that start nothing. */
  readerRule: RateRule;
  /** Origins at which this server itself is seen; the console lives there. */
  ownOrigins: ReadonlySet<string>;
}

/** The guards of the routes. */
export interface Guards {
  secret: Guard<Principal>;
  starter: Guard<Principal>;
  /** Whoever may start calls, for what pages read before one. */
  reader: Guard<Principal>;
  publishable: Guard<Principal>;
  open: Guard<null>;
}

/** Makes the guards. */
export function createGuards(options: GuardOptions): Guards {
  const keyed = ['unauthorized', 'key_revoked', 'key_expired'] as const;
  const starting = {
    security: ['publishableKey', 'secretKey'],
    refusals: [...keyed, 'origin_not_allowed', 'secret_key_in_browser'],
  } as const;
  return {
    secret: {
      security: ['secretKey'],
      refusals: [...keyed, 'forbidden', 'secret_key_in_browser'],
      check: async (c) => {
        const principal = await authenticate(c, options);
        if (principal.kind !== 'secret') {
          throw HttpError.forbidden('A publishable key starts calls and does nothing else.');
        }
        return { ...(await admit(c, principal, options)), address: c.get('address') };
      },
    },
    starter: {
      ...starting,
      check: async (c) => admit(c, await authenticate(c, options), options),
    },
    reader: {
      ...starting,
      check: async (c) => admit(c, await authenticate(c, options), options, 'reads'),
    },
    publishable: {
      security: ['publishableKey'],
      refusals: [...keyed, 'forbidden', 'origin_not_allowed'],
      check: async (c) => {
        const principal = await authenticate(c, options);
        if (principal.kind !== 'publishable') {
          throw HttpError.forbidden('This endpoint takes a publishable key.');
        }
        return admit(c, principal, options);
      },
    },
    open: { security: [], refusals: [], check: () => Promise.resolve(null) },
  };
}

async function authenticate(c: Context<HttpEnv>, options: GuardOptions): Promise<Principal> {
  const key = bearerOf(c);
  if (!key) throw HttpError.unauthorized();
  const principal = await options.verbs.authenticate(key);
  c.set('logFields', { ...c.get('logFields'), key_id: principal.keyId });
  return principal;
}

/**
 * The key's own limit comes last: anybody may hold a publishable key, and must not use it up for its site. What pages read
 * before a call is counted apart: visitors who only pass the button must leave room for those who call.
 */
async function admit(
  c: Context<HttpEnv>,
  principal: Principal,
  { limiter, keyRule, visitorRule, readerRule, ownOrigins }: GuardOptions,
  what: 'starts' | 'reads' = 'starts',
): Promise<Principal> {
  if (principal.kind === 'publishable') {
    const origins = what === 'reads' ? readerOrigins(c, ownOrigins) : originsOf(c);
    if (!origins.some((origin) => isAllowedOrigin(origin, principal.allowedOrigins))) {
      throw HttpError.originNotAllowed();
    }
    if (what === 'reads') {
      await takeRate(c, limiter, `reader:${c.get('network')}`, readerRule);
      return principal;
    }
    await takeRate(c, limiter, `visitor:${c.get('network')}`, visitorRule);
  } else if (isFromBrowser(c, ownOrigins)) {
    throw HttpError.secretKeyInBrowser();
  }
  await takeRate(c, limiter, `key:${principal.keyId}`, keyRule);
  return principal;
}

/** None, or the one that the request names. */
function originsOf(c: Context<HttpEnv>): readonly string[] {
  const origin = c.req.header('origin');
  return origin ? [origin] : [];
}

/** A page that is served where this server is names no origin when it reads: the browser says that it is the same. */
function readerOrigins(c: Context<HttpEnv>, ownOrigins: ReadonlySet<string>): readonly string[] {
  const named = originsOf(c);
  const isSame = named.length === 0 && c.req.header('sec-fetch-site') === 'same-origin';
  return isSame ? [...ownOrigins] : named;
}

/** Browsers say where a script's request comes from, and a script cannot unsay it. */
function isFromBrowser(c: Context<HttpEnv>, ownOrigins: ReadonlySet<string>): boolean {
  const origin = c.req.header('origin');
  if (origin) return !ownOrigins.has(origin);
  const site = c.req.header('sec-fetch-site');
  const mode = c.req.header('sec-fetch-mode');
  // Node's fetch sends `sec-fetch-mode: cors` and no site; browsers on a safe origin send both.
  return mode !== undefined && site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** Counts the request and says so in the answer's headers; throws `rate_limited` when it is too many. */
export async function takeRate(
  c: Context<HttpEnv>,
  limiter: RateLimiter,
  bucket: string,
  rule: RateRule,
): Promise<void> {
  const decision = await limiter.take(bucket, rule);
  const told = c.get('rate');
  if (!told || decision.remaining <= told.remaining) {
    c.set('rate', decision);
    c.header('x-ratelimit-limit', String(decision.limit));
    c.header('x-ratelimit-remaining', String(decision.remaining));
    c.header('x-ratelimit-reset', String(decision.resetSec));
  }
  if (!decision.allowed) throw HttpError.rateLimited(decision.resetSec);
}
