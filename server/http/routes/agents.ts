/** `/v1/agents`: agents, their drafts and their published versions. */
import { z } from '@hono/zod-openapi';
import { endpoint } from '../routing/endpoint.js';
import { HttpError } from '../errors/http-error.js';
import { idempotently } from '../idempotency/idempotently.js';
import {
  agent,
  agentPage,
  agentVersion,
  agentVersionPage,
  createAgentRequest,
  diffAnswer,
  diffQuery,
  publishVersionRequest,
  updateAgentRequest,
  updateVersionRequest,
} from '../schemas/agent.js';
import { idempotencyHeader, pageQuery } from '../schemas/common.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

type AgentVerb = 'idempotent' | 'createAgent' | 'listAgents' | 'getAgent' | 'updateAgent';
type VersionVerb =
  'listVersions' | 'getVersion' | 'updateVersion' | 'publishVersion' | 'diffVersions';

/** Bytes of a body with settings: 256 KiB. */
const VERSION_LIMIT = 262_144;
const agentParams = z.object({ agent_id: z.string().describe('The agent, `agent_…`.') });
const versionParams = agentParams.extend({
  version_number: z.string().describe("The version's number within the agent, from 1."),
});
const pages = z.strictObject(pageQuery);

/** Registers the routes of agents and versions. */
export function agentRoutes(
  app: OpenAPIHono<HttpEnv>,
  context: RouteContext<AgentVerb | VersionVerb>,
): void {
  const { verbs, guards } = context;
  const common = { tag: 'Agents', guard: guards.secret } as const;

  endpoint(
    app,
    {
      ...common,
      method: 'post',
      path: '/v1/agents',
      summary: 'Create an agent and its first draft',
      headers: idempotencyHeader,
      body: { schema: createAgentRequest, limit: VERSION_LIMIT },
      answers: { 201: { description: 'The agent', schema: agent } },
      refusals: ['conflict', 'idempotency_key_reused'],
    },
    ({ c, principal, body }) =>
      idempotently(c, context, principal, body, () => verbs.createAgent(principal, body)),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/agents',
      summary: 'List agents',
      query: pages,
      answers: { 200: { description: 'A page of agents', schema: agentPage } },
    },
    ({ principal, query }) => verbs.listAgents(principal, query),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/agents/{agent_id}',
      summary: 'Read an agent',
      params: agentParams,
      answers: { 200: { description: 'The agent', schema: agent } },
      refusals: ['not_found'],
    },
    ({ principal, param }) => verbs.getAgent(principal, param('agent_id')),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'patch',
      path: '/v1/agents/{agent_id}',
      summary: "Change an agent's title or its draft",
      description: 'Settings that are left out stay as they are. Published versions do not change.',
      params: agentParams,
      body: { schema: updateAgentRequest, limit: VERSION_LIMIT },
      answers: { 200: { description: 'The agent', schema: agent } },
      refusals: ['not_found', 'conflict'],
    },
    ({ principal, body, param }) => verbs.updateAgent(principal, param('agent_id'), body),
  );
  versionRoutes(app, context);
}

function versionRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<VersionVerb>,
): void {
  const common = { tag: 'Agents', guard: guards.secret } as const;
  const one = { ...common, params: versionParams } as const;
  const path = '/v1/agents/{agent_id}/versions/{version_number}';

  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/agents/{agent_id}/versions',
      summary: 'List the versions of an agent',
      description: 'Newest first; the draft, if there is one, has the highest number.',
      params: agentParams,
      query: pages,
      answers: { 200: { description: 'A page of versions', schema: agentVersionPage } },
      refusals: ['not_found'],
    },
    ({ principal, param, query }) => verbs.listVersions(principal, param('agent_id'), query),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'get',
      path,
      summary: 'Read a version',
      answers: { 200: { description: 'The version', schema: agentVersion } },
      refusals: ['not_found'],
    },
    ({ principal, param }) => verbs.getVersion(principal, param('agent_id'), versionNumber(param)),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'patch',
      path,
      summary: 'Change a draft',
      body: { schema: updateVersionRequest, limit: VERSION_LIMIT },
      answers: { 200: { description: 'The draft', schema: agentVersion } },
      refusals: ['not_found', 'version_immutable'],
    },
    ({ principal, param, body }) =>
      verbs.updateVersion(principal, param('agent_id'), versionNumber(param), body.settings),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'post',
      path: `${path}/publish`,
      summary: 'Publish a draft',
      description: 'The published version never changes. A copy of it is the new draft.',
      body: { schema: publishVersionRequest, allowEmpty: true },
      answers: { 200: { description: 'The published version', schema: agentVersion } },
      refusals: ['not_found', 'version_immutable', 'provider_not_configured'],
    },
    ({ principal, param, body }) => {
      const number = versionNumber(param);
      return verbs.publishVersion(principal, param('agent_id'), number, body.version_title);
    },
  );
  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/agents/{agent_id}/diff',
      summary: 'Compare two versions',
      params: agentParams,
      query: diffQuery,
      answers: { 200: { description: 'What changed', schema: diffAnswer } },
      refusals: ['not_found'],
    },
    async ({ principal, param, query: { from, to } }) => {
      const changes = await verbs.diffVersions(principal, param('agent_id'), from, to);
      return { from, to, changes };
    },
  );
}

function versionNumber(param: (name: 'version_number') => string): number {
  const text = param('version_number');
  if (!/^[1-9]\d{0,8}$/.test(text)) throw HttpError.notFound();
  return Number(text);
}
