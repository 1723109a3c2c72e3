/** Whatever a variable holds, the agent is given its job, and no function reaches further than was published. */
import { validateHeaderValue } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realApp } from '../support/real-app.js';
import type { AgentJob } from '../../sdk/wire/agent-job.js';
import type { AgentVersion, CustomFunction } from '../../sdk/wire/agent.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
let agentId: string;

beforeAll(async () => {
  real = await realApp();
  const demo = await real.api('GET', `/v1/agents/${real.first.agent_id}/versions/1`);
  const { dialogue } = (demo.body as AgentVersion).settings;
  const made = await real.api('POST', '/v1/agents', { title: 'Shop', settings: { dialogue } });
  agentId = (made.body as { id: string }).id;
});
afterAll(() => real.close());

const functionOf = (url: string, headers?: Record<string, string>): CustomFunction => ({
  type: 'custom',
  name: 'look_up',
  description: 'For {{name | truncate: 5}}',
  config: { url, method: 'GET', parameters: {}, ...(headers ? { headers } : {}) },
});
let draft = 1;
async function publish(settings: object) {
  const path = `/v1/agents/${agentId}/versions/${draft}`;
  expect(await real.api('PATCH', path, { settings })).toMatchObject({ status: 200 });
  const answer = await real.api('POST', `${path}/publish`, {});
  if (answer.status === 200) draft += 1;
  return answer;
}
async function jobFor(variables: object): Promise<AgentJob> {
  const { body: grant } = await real.createCall({ agent_id: agentId, variables });
  const token = await real.media.agentToken(real.roomOf(grant));
  const headers = { authorization: `Bearer ${token}` };
  const claim = await real.api('POST', `/v1/agent-jobs/${grant.call_id}/claim`, {}, headers);
  expect(claim.status).toBe(200);
  await real.api('POST', `/v1/web-calls/${grant.call_id}/terminate`, {});
  return claim.body;
}

describe('publishing', () => {
  it.each([
    ['https://{{id}}/x', {}, 'functions[0].config.url: "{{id}}" stands in the scheme or the host'],
    ['https://api.example.com{{id}}/x', {}, 'stands in the scheme or the host'],
    ['https://a.example/x', { 'x-{{id}}': 'a' }, 'headers.x-{{id}}: is not the name of a header'],
    ['https://a.example/x', { 'Content-Length': '{{id}}' }, 'the request sets this header itself'],
    ['https://a.example/x', { 'x-shop': 'a\r\nb: c' }, 'ISO-8859-1'],
    ['https://a.example/x', { 'x-shop': '日本' }, 'ISO-8859-1'],
  ])('refuses %j %j', async (url, headers, sentence) => {
    const answer = await publish({ functions: [functionOf(url, headers)] });
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect((answer.body as { message: string }).message).toContain(sentence);
  });
});

describe('what a page gives as a variable', () => {
  const texts = '{{name | truncate: 5}} {{name | upcase}} {{name}}';
  beforeAll(async () => {
    const url = 'https://a.example/u/{{name | truncate: 5}}/o?by={{name}}';
    const look = functionOf(url, { 'x-name': texts });
    const published = await publish({ prompt: texts, welcome_message: texts, functions: [look] });
    expect(published.status).toBe(200);
  });

  it.each([
    'Ann 🙂 Lee',
    '\ud83d',
    '..',
    'a\r\nauthorization: b',
    '\u0001\u007f\u0085\u2028',
    '$& {{name}} {{',
    '日本',
  ])('breaks no template, wherever it stands: %j', async (name) => {
    const { settings: given } = await jobFor({ name });
    const custom = given.functions[0] as CustomFunction;
    const url = new URL(custom.config.url);
    expect(url.origin).toBe('https://a.example');
    expect(url.pathname).toMatch(/^\/u\/[^/]+\/o$/);
    expect([...url.searchParams.keys()]).toEqual(['by']);
    for (const text of [given.prompt, given.welcome_message, custom.description]) {
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }
    const { 'x-name': header = '' } = custom.config.headers ?? {};
    expect(() => validateHeaderValue('x-name', header)).not.toThrow();
    expect(header).toMatch(/^[\t\x20-\x7e\xa0-\xff]+$/);
  });
});
