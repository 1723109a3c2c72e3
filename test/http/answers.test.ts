/** What is answered is what is documented: the test app refuses everything else, and so fails the test that sees it. */
import { describe, expect, it } from 'vitest';
import { AGENT } from '../fakes/answers.js';
import { SECRET_KEY, refusal } from '../fakes/fake-verbs.js';
import { testApp } from '../support/test-app.js';

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
