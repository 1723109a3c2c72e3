/** `/v1/web-calls`: start a call, terminate it, read how it ended, take it up again, and try the way to the media server. */
import { callSourceOf } from '../request/call-source.js';
import { endpoint } from '../routing/endpoint.js';
import { HttpError } from '../errors/http-error.js';
import { callerGuard, closingPageGuard, tokenOf } from '../access/caller-guard.js';
import { idempotently } from '../idempotency/idempotently.js';
import { bearerOf, isApiKey } from '../request/bearer.js';
import { callParams, idempotencyHeader } from '../schemas/common.js';
import {
  createWebCallRequest,
  createWebCallResponse,
  mediaGrant,
  resumeWebCallRequest,
  terminateWebCallRequest,
  terminateWebCallResponse,
} from '../schemas/web-call.js';
import type { Guard } from '../routing/endpoint.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';
import type { Principal } from '../../domain/keys/principal.js';

type WebCallVerb =
  | 'idempotent'
  | 'createWebCall'
  | 'terminateByApi'
  | 'terminateByCaller'
  | 'leavePage'
  | 'getWebCall'
  | 'checkCaller';

/** Bytes of a body that holds a reason and a token only. */
const SMALL_LIMIT = 8_192;

/** Registers the routes. */
export function webCallRoutes(app: OpenAPIHono<HttpEnv>, context: RouteContext<WebCallVerb>): void {
  const { verbs, guards, isMediaReady, linkSecret } = context;

  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/web-calls',
      tag: 'Web calls',
      summary: 'Start a web call',
      description:
        'Chooses the version, writes the call record and answers the grant. A publishable key may do this from its origins only. A refused request leaves no record.',
      guard: guards.starter,
      headers: idempotencyHeader,
      body: { schema: createWebCallRequest, mendsHalves: true },
      answers: { 201: { description: 'The grant', schema: createWebCallResponse } },
      refusals: [
        'not_found',
        'conflict',
        'capacity_reached',
        'version_not_published',
        'idempotency_key_reused',
        'media_unavailable',
      ],
    },
    async ({ c, principal, body }) => {
      if (!(await isMediaReady())) throw HttpError.mediaUnavailable();
      const source = callSourceOf(c, principal, 'web_calls', linkSecret);
      return idempotently(c, context, principal, body, () => verbs.createWebCall(source, body));
    },
  );

  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/web-calls/{call_id}/terminate',
      tag: 'Web calls',
      summary: 'Terminate a web call',
      description:
        "With a secret key, or with the call's own token as the Bearer token or in the body (which may then be text/plain, as a closing page sends it). Safe to repeat: the answer is how the call ended.",
      guard: terminationGuard(context),
      params: callParams,
      body: {
        schema: terminateWebCallRequest,
        limit: SMALL_LIMIT,
        allowText: true,
        allowEmpty: true,
        mendsHalves: true,
      },
      answers: { 200: { description: 'How it ended', schema: terminateWebCallResponse } },
      refusals: ['not_found'],
    },
    ({ principal, body, param }) => {
      const callId = param('call_id');
      if (principal.key) return verbs.terminateByApi(principal.key, callId);
      const token = tokenOf(principal.callToken, body.call_token);
      const { may_return, participant_sid = null } = body;
      if (may_return) return verbs.leavePage(callId, token, participant_sid);
      return verbs.terminateByCaller(callId, token, body.reason);
    },
  );

  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/web-calls/{call_id}',
      tag: 'Web calls',
      summary: 'Read how a web call ended',
      description:
        "For the page of the call, with the call's own token as the Bearer token, so that a page that lost its connection learns why. `end_reason` is null while the call goes on, and for a moment after its room was closed: then ask again.",
      guard: callerGuard(context),
      params: callParams,
      answers: {
        200: {
          description: 'How it ended, or that it has not',
          schema: terminateWebCallResponse,
        },
      },
    },
    ({ principal, param }) => verbs.getWebCall(param('call_id'), principal),
  );
}

/** Registers the routes whose answer is a way to the media server, and no new call. */
export function mediaGrantRoutes(
  app: OpenAPIHono<HttpEnv>,
  context: RouteContext<'resumeWebCall' | 'tryMedia' | 'checkCaller'>,
): void {
  const { verbs, guards, isMediaReady } = context;
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/web-calls/preflight',
      tag: 'Web calls',
      summary: 'Try the way to the media server',
      description:
        'Answers a grant for a room of its own, without an agent and without a record; it is deleted after a minute. Who may start calls may do this, and it counts as a start towards the rate limits.',
      guard: guards.starter,
      answers: { 201: { description: 'The grant', schema: mediaGrant } },
      refusals: ['media_unavailable'],
    },
    async ({ principal }) => {
      if (!(await isMediaReady())) throw HttpError.mediaUnavailable();
      return verbs.tryMedia(principal);
    },
  );

  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/web-calls/{call_id}/resume',
      tag: 'Web calls',
      summary: 'Take a web call up again',
      description:
        "For the next page of the same visitor, with the call's own token as the Bearer token or in the body (which may then be text/plain): a new way into the room of the call. The page before must have said `may_return`, or be gone for a few seconds only. Whoever joins last has the call.",
      guard: closingPageGuard(context),
      params: callParams,
      body: {
        schema: resumeWebCallRequest,
        limit: SMALL_LIMIT,
        allowText: true,
        allowEmpty: true,
        mendsHalves: true,
      },
      answers: { 200: { description: 'The grant', schema: mediaGrant } },
      refusals: ['call_already_ended'],
    },
    ({ principal, body, param }) =>
      verbs.resumeWebCall(param('call_id'), tokenOf(principal, body.call_token)),
  );
}

/** Who terminates a call: a secret key, or the page by the call's token (`null`: the token is in the body). */
interface Termination {
  key: Principal | null;
  callToken: string | null;
}

/** A Bearer token that is an API key must be a secret one; any other is taken for the call's token. */
function terminationGuard(context: RouteContext<'checkCaller'>): Guard<Termination> {
  const { secret } = context.guards;
  const page = closingPageGuard(context);
  return {
    security: ['secretKey', 'callToken'],
    refusals: [...secret.refusals, 'token_invalid', 'token_expired'],
    check: async (c) => {
      const bearer = bearerOf(c);
      if (bearer && isApiKey(bearer)) return { key: await secret.check(c), callToken: null };
      return { key: null, callToken: await page.check(c) };
    },
  };
}
