/** What LiveKit's own clients and servers call: the token endpoint and the webhook. */
import { endpoint } from '../endpoint.js';
import { HttpError } from '../errors/http-error.js';
import { readBody } from '../request/read-body.js';
import { livekitTokenRequest, livekitTokenResponse } from '../schemas/livekit-token.js';
import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { HttpEnv } from '../http-env.js';
import type { RouteContext } from '../route-context.js';
import type { CreateWebCallRequest } from '../../../sdk/wire/web-call.js';

const WEBHOOK_LIMIT = 262_144;

/** Registers the routes. */
export function livekitRoutes(app: OpenAPIHono<HttpEnv>, context: RouteContext): void {
  tokenRoute(app, context);
  webhookRoute(app, context);
}

function tokenRoute(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards, isMediaReady }: RouteContext,
): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/livekit/token',
      tag: 'LiveKit',
      summary: 'Start a web call the LiveKit way',
      description:
        "The shape of LiveKit's token endpoints; the call is routed and logged like any.",
      guard: guards.publishable,
      body: { schema: livekitTokenRequest },
      answers: { 201: { description: 'How to join', schema: livekitTokenResponse } },
      refusals: ['not_found', 'capacity_reached', 'version_not_published', 'media_unavailable'],
    },
    async ({ c, principal, body }) => {
      if (!(await isMediaReady())) throw HttpError.mediaUnavailable();
      const source = {
        principal,
        origin: c.req.header('origin') ?? null,
        userAgent: c.req.header('user-agent')?.slice(0, 500) ?? null,
        entryPoint: 'livekit_token' as const,
      };
      const grant = await verbs.createWebCall(source, requestOf(body));
      const { server_url, access_token, call_id, call_token, expires_at } = grant;
      const answer = {
        server_url,
        participant_token: access_token,
        call_id,
        call_token,
        expires_at,
      };
      return c.json(answer, 201);
    },
  );
}

/** The agent's name says which agent; what the page says of the participant is kept as metadata. */
function requestOf(body: z.output<typeof livekitTokenRequest>): CreateWebCallRequest {
  const name = body.room_config?.agents?.[0]?.agent_name;
  if (!name) {
    throw HttpError.validationFailed(['room_config.agents[0].agent_name must name an agent.']);
  }
  const about = {
    ...(body.participant_name ? { participant_name: body.participant_name } : {}),
    ...(body.participant_metadata ? { participant_metadata: body.participant_metadata } : {}),
    ...(body.participant_attributes ? { participant_attributes: body.participant_attributes } : {}),
  };
  const metadata = Object.keys(about).length > 0 ? { metadata: about } : {};
  return name.startsWith('av_')
    ? { agent_version_id: name, ...metadata }
    : { agent_id: name, ...metadata };
}

function webhookRoute(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards, verifyWebhook }: RouteContext,
): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/livekit/webhook',
      tag: 'LiveKit',
      summary: "Take LiveKit's events",
      description: 'Signed by LiveKit; an event that was taken before changes nothing.',
      guard: { ...guards.open, security: ['livekitWebhook'], refusals: ['token_invalid'] },
      rawBody: 'application/webhook+json',
      answers: { 200: { description: 'Taken' } },
      refusals: ['body_too_large'],
    },
    async ({ c }) => {
      const body = await readBody(c.req.raw, WEBHOOK_LIMIT);
      const hint = await verifyWebhook(body, c.req.header('authorization'));
      if (!hint) throw HttpError.tokenInvalid();
      c.set('logFields', { ...c.get('logFields'), event: hint.event, event_id: hint.id });
      await verbs.takeHint(hint);
      return c.body(null, 200);
    },
  );
}
