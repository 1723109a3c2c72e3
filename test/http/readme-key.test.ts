/** The key that README.md tells sites to make, and the one that the page at `/` does. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { widgetPage } from '../../server/http/pages/widget-page.js';
import { HOME, realApp } from '../support/real-app.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const page = widgetPage({
  agentId: 'agent_1',
  agentName: 'Desk',
  hint: '',
  publishableKey: 'dnx_pk_demo',
  serverUrl: HOME,
  basePath: '',
})
  .replaceAll('&quot;', '"')
  .replaceAll('&#39;', "'");

it.each([
  ['README.md', readme],
  ['the page at /', page],
])('as %s has it, starts calls from its site and from no other', async (_, text) => {
  const [, path = '', body = ''] = /curl \S+?(\/v1\/api-keys) .*?-d '(\{.*?\})'/s.exec(text) ?? [];
  const made = await real.api('POST', path, JSON.parse(body));
  expect(made.status).toBe(201);
  const { key, allowed_origins: origins } = made.body as { key: string; allowed_origins: string[] };
  expect(origins).toHaveLength(1);
  const start = (origin: string) =>
    real.createCall(undefined, { authorization: `Bearer ${key}`, origin });
  expect((await start(origins[0] ?? '')).status).toBe(201);
  expect(await start('https://elsewhere.example')).toMatchObject({
    status: 403,
    body: { code: 'origin_not_allowed' },
  });
});
