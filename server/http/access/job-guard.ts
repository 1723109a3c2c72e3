/** Who may speak for the job of a call. */
import { HttpError } from '../errors/http-error.js';
import { takeRate } from './guards.js';
import { bearerOf, isApiKey } from '../request/bearer.js';
import type { Guard } from '../routing/endpoint.js';
import type { RouteContext } from '../routing/route-context.js';

/**
 * The guard of `/v1/agent-jobs`; its principal is the Bearer token. A job token is verified before the body is read, unless
 * this process has accepted it before (`jobs`); a LiveKit token comes without a body and is verified by the verb. Only
 * requests of known jobs count towards the rate limit of the job.
 */
export function jobGuard(
  { verbs, limiter, rates, jobs }: RouteContext<'checkReporter'>,
  scheme: 'livekitToken' | 'jobToken',
): Guard<string> {
  return {
    security: [scheme],
    refusals: ['unauthorized'],
    check: async (c) => {
      const token = bearerOf(c);
      if (!token || isApiKey(token)) throw HttpError.unauthorized();
      const callId = jobs.of(c);
      if (callId !== null) {
        await takeRate(c, limiter, `job:${callId}`, rates.job);
      } else if (scheme === 'jobToken') {
        const claimed = c.req.param('call_id') ?? '';
        await jobs.run(claimed, token, () => verbs.checkReporter(claimed, token));
      }
      return token;
    },
  };
}
