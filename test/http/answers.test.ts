/** What is answered is what is documented: the test app refuses everything else, and so fails the test that sees it. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { endpoint, reply } from '../../server/http/routing/endpoint.js';
import { agent } from '../../server/http/schemas/agent.js';
import { AGENT } from '../fakes/answers.js';
import { SECRET_KEY, refusal } from '../fakes/fake-verbs.js';
import { testApp } from '../support/test-app.js';
import type { HttpEnv } from '../../server/http/routing/http-env.js';

const headers = { authorization: `Bearer ${SECRET_KEY}` };

describe('an answer that a test sees', () => {
  it.each([
    ['lacks a member', { ...AGENT, title: undefined }, /schema refuses: title/],
    ['has a member of a wrong type', { ...AGENT, title: 1 }, /schema refuses: title/],
    ['has a member more', { ...AGENT, secret: 'x' }, /does not name: .*"secret"/],
  ])('fails it when it %s', async (_what, agent, fault) => {
    const { request } = testApp({ getAgent: () => Promise.resolve(agent as never) });
    await expect(request('/v1/agents/agent_1', { headers })).rejects.toThrow(fault);
  });

  it('fails it when it has a code that is not documented there', async () => {
    const getAgent = () => Promise.reject(refusal('version_not_published'));
    await expect(testApp({ getAgent }).request('/v1/agents/agent_1', { headers })).rejects.toThrow(
      /answers 422, which its documentation does not name/,
    );
    const listAgents = () => Promise.reject(refusal('key_expired'));
    await expect(testApp({ listAgents }).request('/v1/agents', { headers })).resolves.toBeDefined();
    const getApiKeys = () => Promise.reject(refusal('token_expired'));
    await expect(
      testApp({ listApiKeys: getApiKeys }).request('/v1/api-keys', { headers }),
    ).rejects.toThrow(/with token_expired, which its documentation does not name/);
  });

  it('does not compile where a route returns another', () => {
    const app = new OpenAPIHono<HttpEnv>();
    const guard = { security: [], refusals: [], check: () => Promise.resolve(null) };
    const about = { method: 'get', tag: 'x', summary: 'x', guard } as const;
    const one = { 200: { description: 'The agent', schema: agent } };
    const two = { ...one, 503: { description: 'Nothing' } };
    endpoint(app, { ...about, path: '/whole', answers: one }, async () => AGENT);
    // @ts-expect-error it lacks all but one
    endpoint(app, { ...about, path: '/part', answers: one }, async () => ({ id: 'agent_1' }));
    endpoint(app, { ...about, path: '/two', answers: two }, async () => reply(503, null));
    // @ts-expect-error this status is not declared
    endpoint(app, { ...about, path: '/other', answers: two }, async () => reply(404, null));
    // @ts-expect-error this one has a body
    endpoint(app, { ...about, path: '/none', answers: two }, async () => reply(200, null));
    const params = z.object({ agent_id: z.string() });
    const path = '/{agent_id}';
    endpoint(app, { ...about, path, params, answers: one }, async ({ param }) => {
      // @ts-expect-error the path has no such part
      return { ...AGENT, id: param('agent_id'), title: param('agentId') };
    });
    expect(app.routes).toHaveLength(6);
  });

  it('passes when it is as documented, whole or a page of them', async () => {
    const { request } = testApp({
      getAgent: () => Promise.resolve(AGENT),
      listAgents: () => Promise.resolve({ data: [AGENT], next_cursor: null }),
    });
    for (const path of ['/v1/agents/agent_1', '/v1/agents']) {
      expect((await request(path, { headers })).status).toBe(200);
    }
  });
});
