/** What a version says of the element: how it is kept, who may read it, and that a page is sent it once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, realApp } from '../support/real-app.js';
import { PUBLISHABLE_KEY, SHOP } from '../fakes/fake-verbs.js';
import { jsonPost, testApp } from '../support/test-app.js';
import type { WidgetSettings } from '../../sdk/wire/widget.js';
import type { RealApp } from '../support/real-app.js';

const WIDGET: WidgetSettings = {
  theme: 'dark',
  mode: 'dialog',
  rating: 'stars',
  languages: ['en', 'de-AT'],
  style: { accent: '#7c3aed', orb_to: '#7C3AED80', radius: '8px' },
  label: 'Talk to the workshop',
  consent_text: 'This call is recorded. <b>Really.</b>',
  consent_version: '2026-11',
  fields: [
    { name: 'email', label: 'Your e-mail', type: 'email', required: true },
    { name: 'topic', label: 'What is it about?', type: 'select', options: ['Brakes', 'Gears'] },
  ],
  texts: { consent_title: 'One moment' },
  by_language: { de: { label: 'Mit der Werkstatt sprechen', texts: { agree: 'Ja, gerne' } } },
};

let real: RealApp;
let agentId: string;
let draft = 1;

beforeAll(async () => {
  real = await realApp();
  const made = await real.api('POST', '/v1/agents', {
    title: 'Workshop',
    settings: { prompt: 'We open at nine.', welcome_message: 'A secret greeting.' },
  });
  agentId = (made.body as { id: string }).id;
});
afterAll(() => real.close());

const change = (widget: unknown) =>
  real.api('PATCH', `/v1/agents/${agentId}/versions/${draft}`, { settings: { widget } });
async function publish(widget: unknown): Promise<void> {
  expect(await change(widget)).toMatchObject({ status: 200 });
  const path = `/v1/agents/${agentId}/versions/${draft}/publish`;
  expect(await real.api('POST', path, {})).toMatchObject({ status: 200 });
  draft += 1;
}
const read = (query: object = { agent_id: agentId }, headers: Record<string, string> = real.page) =>
  real.request(`/v1/widget?${new URLSearchParams(Object.entries(query))}`, { headers });

describe('the widget of a version', () => {
  it('is not there before it is published', async () => {
    expect((await change(WIDGET)).status).toBe(200);
    const answer = await read();
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'version_not_published' });
  });

  it('is read by pages as it was written, and nothing else of the version is', async () => {
    await publish(WIDGET);
    const answer = await read();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      agent_id: agentId,
      agent_version_id: expect.stringMatching(/^av_/),
      agent_version_number: 1,
      widget: WIDGET,
    });
  });

  it('is empty of a version that says nothing', async () => {
    const answer = await read({ agent_id: real.first.agent_id });
    expect(await answer.json()).toMatchObject({ widget: {} });
  });

  it('is that of the newest version, or of the one that the page names', async () => {
    await publish({ theme: 'light' });
    const newest = (await (await read()).json()) as { agent_version_id: string };
    expect(newest).toMatchObject({ agent_version_number: 2, widget: { theme: 'light' } });
    const first = await read({ agent_id: agentId, agent_version_number: '1' });
    expect(await first.json()).toMatchObject({ widget: WIDGET });
    const named = await read({ agent_version_id: newest.agent_version_id });
    expect(await named.json()).toEqual(newest);
  });

  it('goes on in the next draft, is replaced as a whole, and its change is told', async () => {
    const next = await real.api('GET', `/v1/agents/${agentId}/versions/${draft}`);
    expect(next.body).toMatchObject({ settings: { widget: { theme: 'light' } } });
    await publish({});
    expect(await (await read()).json()).toMatchObject({ widget: {} });
    const diff = await real.api('GET', `/v1/agents/${agentId}/diff?from=2&to=3`);
    expect(diff.body).toMatchObject({ changes: [{ path: 'widget.theme', before: 'light' }] });
  });
});

describe('who may read it', () => {
  it('is who may start the call, and is refused for the same reason', async () => {
    const { authorization } = real.page;
    const wanted = { agent_id: agentId };
    for (const [headers, names, status, code] of [
      [{ ...real.page, authorization: 'Bearer dnx_pk_no' }, wanted, 401, 'unauthorized'],
      [{ origin: HOME }, wanted, 401, 'unauthorized'],
      [{ authorization }, wanted, 403, 'origin_not_allowed'],
      [{ authorization, origin: 'https://evil.example' }, wanted, 403, 'origin_not_allowed'],
      [{ ...real.secret, origin: 'https://a.example' }, wanted, 403, 'origin_not_allowed'],
      [real.page, { agent_id: 'agent_none' }, 404, 'not_found'],
      [real.page, { agent_version_id: 'av_none' }, 404, 'not_found'],
      [real.page, { ...wanted, agent_version_number: 99 }, 404, 'not_found'],
      [real.page, { ...wanted, agent_version_number: draft }, 422, 'version_not_published'],
      [real.page, { ...wanted, agent_version_number: 0 }, 400, 'validation_failed'],
      [real.page, {}, 400, 'validation_failed'],
      [real.page, { ...wanted, page: 1 }, 400, 'validation_failed'],
    ] as [Record<string, string>, object, number, string][]) {
      const answer = await read(names, headers);
      const body = (await answer.json()) as { code: string };
      expect([answer.status, body.code], JSON.stringify([headers, names])).toEqual([status, code]);
      // A page of another site is told so before its key is looked at.
      if (headers['origin']?.startsWith('https://')) continue;
      const call = await real.createCall(names, headers);
      expect([call.status, call.body.code]).toEqual([status, code]);
    }
    expect((await read(wanted, real.secret)).status).toBe(200);
  });

  it('is also a page that this server’s own origin serves, of which browsers name no origin', async () => {
    const { authorization } = real.page;
    const own = { authorization, 'sec-fetch-site': 'same-origin' };
    expect((await read({ agent_id: agentId }, own)).status).toBe(200);
    const key = { name: 'shop', kind: 'publishable', allowed_origins: ['https://shop.example'] };
    const { body } = await real.api('POST', '/v1/api-keys', key);
    const foreign = `Bearer ${(body as { key: string }).key}`;
    for (const headers of [
      { ...own, authorization: foreign },
      { ...own, origin: 'https://evil.example' },
      { ...own, 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await read({ agent_id: agentId }, headers)).status, JSON.stringify(headers)).toBe(
        403,
      );
    }
    // Browsers name it when a call is started.
    const call = await real.createCall({ agent_id: agentId }, own);
    expect(call).toMatchObject({ status: 403, body: { code: 'origin_not_allowed' } });
  });

  it('is told to the browser of a page that its key names', async () => {
    const preflight = await real.request('/v1/widget', {
      method: 'OPTIONS',
      headers: {
        origin: HOME,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(HOME);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const answer = await read();
    expect(answer.headers.get('access-control-allow-origin')).toBe(HOME);
    expect(answer.headers.get('vary')).toContain('Origin');
    const foreign = { method: 'OPTIONS', headers: { origin: 'https://evil.example' } };
    expect((await real.request('/v1/widget', foreign)).status).toBe(403);
  });
});

describe('an answer', () => {
  it('is sent once, and again when another version is published', async () => {
    await publish(WIDGET);
    const first = await read();
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    for (const known of [etag, `"x", ${etag}`, '*']) {
      const again = await read(undefined, { ...real.page, 'if-none-match': known });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('access-control-allow-origin')).toBe(HOME);
    }
    await publish({ ...WIDGET, theme: 'auto' });
    const next = await read(undefined, { ...real.page, 'if-none-match': etag });
    expect(next.status).toBe(200);
    expect(next.headers.get('etag')).not.toBe(etag);
    expect(await next.json()).toMatchObject({ widget: { theme: 'auto' } });
  });

  it('that was read once is not told to who may not read it', async () => {
    const etag = (await read()).headers.get('etag') ?? '';
    const stranger = { ...real.page, authorization: 'Bearer dnx_pk_no', 'if-none-match': etag };
    expect((await read(undefined, stranger)).status).toBe(401);
    const foreign = { ...real.page, origin: 'https://evil.example', 'if-none-match': etag };
    expect((await read(undefined, foreign)).status).toBe(403);
  });

  it('is small on the wire', async () => {
    await publish({ ...WIDGET, consent_text: 'This call is recorded. '.repeat(150) });
    const answer = await read(undefined, { ...real.page, 'accept-encoding': 'gzip' });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(1_000);
  });

  it('does not use up what visitors may start', async () => {
    const one = { limit: 1, windowSec: 60 };
    const rates = { visitor: one, key: one, reader: { limit: 2, windowSec: 60 } };
    const app = testApp({ createWebCall: () => Promise.reject(new Error('no matter')) }, { rates });
    const headers = { authorization: `Bearer ${PUBLISHABLE_KEY}`, origin: SHOP };
    const ask = async () => (await app.request('/v1/widget?agent_id=a', { headers })).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    const start = jsonPost({ agent_id: 'a' }, headers);
    expect((await app.request('/v1/web-calls', start)).status).toBe(500);
    expect((await app.request('/v1/web-calls', start)).status).toBe(429);
  });
});

describe('a widget that is refused', () => {
  const field = { name: 'a', label: 'A' };
  it.each([
    [{ theme: 'neon' }, 'settings.widget.theme'],
    [{ mode: 'headless' }, 'settings.widget.mode'],
    [{ onclick: 'alert(1)' }, 'settings.widget.onclick is not a known field'],
    [{ label: 'x'.repeat(101) }, 'settings.widget.label'],
    [{ label: '  ' }, 'settings.widget.label'],
    [{ label: 'a\u0000' }, 'must not contain U+0000'],
    [{ consent_text: 'x'.repeat(4_001) }, 'settings.widget.consent_text'],
    [{ consent_version: 'x'.repeat(201) }, 'settings.widget.consent_version'],
    [{ languages: ['en', 'x"><b>'] }, 'settings.widget.languages[1]'],
    [{ languages: Array.from({ length: 21 }, () => 'en') }, 'settings.widget.languages'],
    [{ by_language: { 'de"': {} } }, 'settings.widget.by_language.de"'],
    [{ by_language: { de: { theme: 'dark' } } }, 'by_language.de.theme is not a known field'],
    [{ texts: { agree: 'x'.repeat(301) } }, 'settings.widget.texts.agree'],
    [{ texts: { errors: {} } }, 'settings.widget.texts.errors is not a known field'],
    [{ fields: Array.from({ length: 11 }, () => field) }, 'settings.widget.fields'],
    [{ fields: [{ ...field, name: 'x'.repeat(65) }] }, 'settings.widget.fields[0].name'],
    [{ fields: [{ ...field, label: 'x'.repeat(201) }] }, 'settings.widget.fields[0].label'],
    [{ fields: [{ ...field, type: 'file' }] }, 'settings.widget.fields[0].type'],
    [{ fields: [{ ...field, pattern: '.*' }] }, 'fields[0].pattern is not a known field'],
    [{ fields: [field, field] }, 'widget.fields[1].name: is that of another field, a'],
    [{ fields: [{ ...field, type: 'select' }] }, 'widget.fields[0].options: a select needs them'],
    [{ fields: [{ ...field, options: ['x'] }] }, 'widget.fields[0].options'],
    [
      { by_language: { de: { fields: [field, field] } } },
      'widget.by_language.de.fields[1].name: is that of another field, a',
    ],
    [
      {
        fields: Array.from({ length: 4 }, (_, n) => ({
          ...{ name: `${n}`, label: 'x', type: 'select' },
          options: Array.from({ length: 50 }, () => 'x'.repeat(170)),
        })),
      },
      'widget: is over 32 KiB as JSON',
    ],
  ])('%j', async (widget, sentence) => {
    const answer = await change(widget);
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(String((answer.body as { message: string }).message)).toContain(sentence);
  });

  it.each([
    'red',
    '#12',
    '#12345',
    '#0f766e;',
    '#0f766e}*{display:none',
    'url(https://evil.example)',
    'var(--x)',
    'rgb(0,0,0)',
    '#0f766e /*',
    'expression(alert(1))',
    '#ｆｆｆ',
    '',
  ])('has the colour %j', async (accent) => {
    const answer = await change({ style: { accent } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it.each(['12', '12em', '-1px', '1000px', '12px;', 'calc(1px)', '12px 4px'])(
    'has the corner %j',
    async (radius) => {
      expect((await change({ style: { radius } })).status).toBe(400);
    },
  );
});
