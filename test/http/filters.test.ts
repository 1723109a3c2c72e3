/** Filters and pages of lists, as forms and people send them: what cannot be meant is refused by name. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SECRET_KEY } from '../fakes/fake-verbs.js';
import { realApp, type RealApp } from '../support/real-app.js';
import { testApp } from '../support/test-app.js';
import type { CallSummary, Page } from '../../sdk/wire/call.js';

const listCalls = vi.fn((_principal: unknown, _filters: unknown) =>
  Promise.resolve({ data: [], next_cursor: null }),
);
const { request } = testApp({ listCalls });
const ask = async (path: string) => {
  const answer = await request(path, { headers: { authorization: `Bearer ${SECRET_KEY}` } });
  return { status: answer.status, body: (await answer.json()) as { message?: unknown } };
};

describe('a filter', () => {
  it.each([
    ['duration_max=&status=&start_date=&cursor=&limit=&sort_by=', {}],
    ['duration_max=%20&agent_id=+', {}],
    ['status=completed,&type=%20web%20,phone', { status: ['completed'], type: ['web', 'phone'] }],
    ['agent_id=,', {}],
    ['duration_min=0&latency_max=900', { duration_min: 0, latency_max: 900 }],
    ['start_date=2026-11-23T10:00:00+00:00', { start_date: '2026-11-23T10:00:00+00:00' }],
    ['end_date=2026-11-23T10:00:00.5%2B05:30', { end_date: '2026-11-23T10:00:00.5+05:30' }],
  ])('that is empty is not there, and others are what they say: %s', async (query, filters) => {
    expect(await ask(`/v1/calls?${query}`)).toMatchObject({ status: 200 });
    expect(listCalls.mock.lastCall?.[1]).toEqual(filters);
  });

  it.each([
    ['status=complete', /^status: "complete" is unknown: use created, initiated, .*completed/],
    ['status=completed,done', /^status: "done" is unknown/],
    ['type=WEB', /^type: "WEB" is unknown: use web, phone\.$/],
    ['call_direction=in', /^call_direction: "in" is unknown: use inbound, outbound\.$/],
    [
      'sentiment=none',
      /^sentiment: "none" is unknown: use positive, neutral, negative, unknown\.$/,
    ],
    ['end_reason=hangup', /^end_reason: "hangup" is unknown: use user_disconnected, /],
    ['agent_id=av_1', /^agent_id: "av_1" is no id: it begins with agent_\.$/],
    ['call_id=1', /^call_id: "1" is no id: it begins with call_\.$/],
    ['duration_max=0x10', /^duration_max: must be a whole number from 0 on\.$/],
    ['duration_min=-1', /^duration_min: must be a whole number/],
    [
      'start_date=2026-11-23 10:00',
      /^start_date: must be a date and time with its offset, such as/,
    ],
    ['duration_min=5&duration_max=4', /^duration_min: lies beyond duration_max\.$/],
    [
      'start_date=2026-11-24T00:00:00Z&end_date=2026-11-24T00:00:00%2B01:00',
      /^start_date: lies beyond end_date\.$/,
    ],
    ['q=-', /^q: must hold a word\.$/],
    ["q='%3B--", /^q: must hold a word\.$/],
    ['q=%22%22', /^q: must hold a word\.$/],
    ['sort_by=agent', /^sort_by: .*"created_at"\|"duration"/],
    ['stauts=completed', /^stauts is not a known field\.$/],
    ['stauts=', /^stauts is not a known field\.$/],
  ])('that can match nothing is refused by name: %s', async (query, message) => {
    const { status, body } = await ask(`/v1/calls?${query}`);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });

  it.each([
    '/v1/agents',
    '/v1/api-keys',
    '/v1/agents/agent_1/versions',
    '/v1/agents/agent_1',
    '/v1/calls/call_1',
    '/v1/calls/call_1/transcript',
    '/v1/calls/call_1/recording',
  ])('is refused by name where there is none: %s', async (path) => {
    const { status, body } = await ask(`${path}?status=completed`);
    expect(status).toBe(400);
    expect(body.message).toBe('status is not a known field.');
  });

  it('is nobody’s business where monitors ask', async () => {
    expect((await request('/healthz?now=1')).status).toBe(200);
  });
});

describe('a cursor', () => {
  let real: RealApp;
  beforeAll(async () => {
    real = await realApp();
    for (let call = 0; call < 3; call += 1) await real.createCall();
  });
  afterAll(() => real.close());

  const orders = ['', '&sort_order=asc', '&sort_by=duration', '&sort_by=duration&sort_order=asc'];
  const page = async (query: string) => {
    const { status, body } = await real.api('GET', `/v1/calls?limit=2${query}`);
    return { status, body: body as Page<CallSummary> & { message?: unknown } };
  };

  it.each(orders)('leads on in its own order and is refused in every other: %s', async (order) => {
    const first = (await page(order)).body;
    const cursor = `&cursor=${first.next_cursor}`;
    for (const other of orders) {
      const { status, body } = await page(other + cursor);
      expect(status, other).toBe(other === order ? 200 : 400);
      if (other !== order) expect(body.message).toMatch(/^cursor: goes with sort_by=/);
      else expect(new Set([...first.data, ...body.data].map(({ id }) => id)).size).toBe(3);
    }
  });

  it('of the usual order is the same whether that is named or not', async () => {
    const { next_cursor } = (await page('')).body;
    const named = `&sort_by=created_at&sort_order=desc&cursor=${next_cursor}`;
    expect((await page(named)).status).toBe(200);
  });
});
