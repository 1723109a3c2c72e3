/** The routes for LiveKit's own clients and servers: the token endpoint and the webhook. */
import { callSourceOf } from '../request/call-source.js';
import { endpoint } from '../routing/endpoint.js';
import { HttpError } from '../errors/http-error.js';
import { idempotently } from '../idempotency/idempotently.js';
import { parseJson } from '../request/parse-json.js';
import { readBody } from '../request/read-body.js';
import { storable } from '../request/storable.js';
import { validate } from '../request/validate.js';
import { idempotencyHeader, metadata, variableValue, variables } from '../schemas/common.js';
import { livekitTokenRequest, livekitTokenResponse } from '../schemas/livekit-token.js';
import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';
import type { CreateWebCallRequest } from '../../../sdk/wire/web-call.js';

type TokenVerb = 'idempotent' | 'createWebCall';

/** Bytes of a webhook's body: 256 KiB. */
const WEBHOOK_LIMIT = 262_144;

const NO_MEDIA_HERE =
  'This is the server, not the media server: a proxy before both must pass /rtc on to the media server. See docs/deploy.md.';

/** Registers the routes. */
export function livekitRoutes(
  app: OpenAPIHono<HttpEnv>,
  context: RouteContext<TokenVerb | 'applyRoomEvent'>,
): void {
  tokenRoute(app, context);
  webhookRoute(app, context);
  // LiveKit's clients show this answer to the developer, and a browser lets them read it with CORS only.
  app.all('/rtc/*', (c) => {
    c.header('access-control-allow-origin', '*');
    throw HttpError.notFound(NO_MEDIA_HERE);
  });
}

function tokenRoute(app: OpenAPIHono<HttpEnv>, context: RouteContext<TokenVerb>): void {
  const { verbs, guards, isMediaReady } = context;
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/livekit/token',
      tag: 'LiveKit',
      summary: 'Start a web call the LiveKit way',
      description:
        "In the shape of LiveKit's token endpoints. Every answer is a new call in a room of its own, to be joined within a minute. " +
        'The version is chosen as for `/v1/web-calls`; the call counts towards limits, and is listed, once the caller has joined.',
      guard: guards.publishable,
      headers: idempotencyHeader,
      body: { schema: livekitTokenRequest, mendsHalves: true },
      answers: { 201: { description: 'The token to join with', schema: livekitTokenResponse } },
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
      const source = callSourceOf(c, principal, 'livekit_token', context.linkSecret);
      const request = requestOf(body);
      return idempotently(c, context, principal, body, async () => {
        const grant = await verbs.createWebCall(source, request);
        const { server_url, access_token, call_id, call_token, expires_at } = grant;
        return { server_url, participant_token: access_token, call_id, call_token, expires_at };
      });
    },
  );
}

/** The request for a web call: `agent_name` names the agent or version, and the participant's details become metadata. */
function requestOf(body: z.output<typeof livekitTokenRequest>): CreateWebCallRequest {
  const { agent_name: name, metadata: agentMetadata } = body.room_config?.agents?.[0] ?? {};
  if (!name) {
    throw HttpError.validationFailed(['room_config.agents[0].agent_name must name an agent.']);
  }
  const about = {
    ...(agentMetadata ? { agent_metadata: agentMetadata } : {}),
    ...(body.participant_name ? { participant_name: body.participant_name } : {}),
    ...(body.participant_metadata ? { participant_metadata: body.participant_metadata } : {}),
    ...(body.participant_attributes ? { participant_attributes: body.participant_attributes } : {}),
  };
  if (!metadata.safeParse(about).success) {
    throw HttpError.validationFailed(['What is said of the participant is over 16 KiB as JSON.']);
  }
  const stored = {
    ...(Object.keys(about).length > 0 ? { metadata: about } : {}),
    ...variablesOf(agentMetadata),
  };
  return name.startsWith('av_')
    ? { agent_version_id: name, ...stored }
    : { agent_id: name, ...stored };
}

/** The variables in the agent's metadata, which LiveKit's frontends send as one text: the values of a JSON object, else none. */
function variablesOf(agentMetadata: string | undefined): Pick<CreateWebCallRequest, 'variables'> {
  let told: unknown = null;
  try {
    told = JSON.parse(agentMetadata ?? 'null');
  } catch {
    // Text that is no JSON holds no variables.
  }
  if (typeof told !== 'object' || told === null || Array.isArray(told)) return {};
  const values = Object.entries(told).filter(([, value]) => variableValue.safeParse(value).success);
  if (values.length === 0) return {};
  const path = 'room_config.agents[0].metadata';
  return {
    variables: validate(
      variables,
      storable(Object.fromEntries(values), { mendsHalves: true }, path),
    ),
  };
}

function webhookRoute(
  app: OpenAPIHono<HttpEnv>,
  { verbs, webhook }: RouteContext<'applyRoomEvent'>,
): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/livekit/webhook',
      tag: 'LiveKit',
      summary: "Receive LiveKit's webhooks",
      description: 'Signed by LiveKit. A repeat of an event changes nothing.',
      guard: {
        security: ['livekitWebhook'],
        refusals: ['token_invalid'],
        check: async (c) => {
          const isSigned = await webhook.verify(c.req.header('authorization'));
          if (!isSigned) throw HttpError.tokenInvalid();
          return isSigned;
        },
      },
      ignoresQuery: true,
      rawBody: 'application/webhook+json',
      answers: { 200: { description: 'Received' } },
      refusals: ['body_too_large', 'invalid_json', 'validation_failed', 'unsupported_media_type'],
    },
    async ({ c, principal: isSigned }) => {
      const body = await readBody(c.req.raw, WEBHOOK_LIMIT);
      if (!isSigned(body)) throw HttpError.tokenInvalid();
      const hint = webhook.read(
        parseJson(body, c.req.header('content-type') ?? null, { mendsHalves: true }),
      );
      if (!hint) throw HttpError.validationFailed(['body is no event of LiveKit.']);
      c.set('logFields', { ...c.get('logFields'), event: hint.event, event_id: hint.id });
      await verbs.applyRoomEvent(hint);
      return null;
    },
  );
}
