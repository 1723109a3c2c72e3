/** What comes first: the credential before the body, the body's cost before its contents, lengths before elements. */
import { describe, expect, it } from 'vitest';
import { AGENT } from '../fakes/answers.js';
import { PUBLISHABLE_KEY, SECRET_KEY, SHOP, refusal } from '../fakes/fake-verbs.js';
import { jsonPost, testApp } from '../support/test-app.js';

const secret = { authorization: `Bearer ${SECRET_KEY}` };
const page = { authorization: `Bearer ${PUBLISHABLE_KEY}`, origin: SHOP };
const job = { authorization: 'Bearer eyJ.job.token' };
const EVENTS = '/v1/agent-jobs/call_1/events';

async function sentences(path: string, body: unknown, headers: Record<string, string>) {
  const answer = await testApp().request(path, jsonPost(body, headers));
  const { code, message } = (await answer.json()) as { code: string; message: string | string[] };
  expect([answer.status, code]).toEqual([400, 'validation_failed']);
  return [message].flat();
}

const list = <T>(length: number, one: T): T[] => Array.from({ length }, () => one);
const record = (length: number): Record<string, unknown> =>
  Object.fromEntries(list(length, {}).map((value, n) => [`k${n}`, value]));

describe('the credential comes before the body', () => {
  const refused = () => Promise.reject(refusal('token_invalid'));
  const { app, request } = testApp({ checkReporter: refused, checkCaller: refused });
  const routes = app.routes.filter(({ method, path }) => {
    return ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && !/claim$/.test(path);
  });

  it.each(routes.map(({ method, path }) => [method, path]))('%s %s', async (method, path) => {
    let asked = 0;
    const body = new ReadableStream<Uint8Array>(
      { pull: (stream) => (asked++, stream.enqueue(new Uint8Array(1_024))) },
      { highWaterMark: 0 },
    );
    const answer = await request(path.replaceAll(/:\w+/g, '1'), {
      method,
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      ...(method === 'DELETE' ? {} : { body, duplex: 'half' }),
    });
    expect(answer.status).toBe(401);
    expect(asked).toBe(0);
  });

  it('leaves none out', () => {
    expect(routes.length).toBeGreaterThan(10);
  });
});

describe('the body’s cost comes before its contents', () => {
  it('of values', async () => {
    const body = { title: list(20_001, 0), settings: 7 };
    expect(await sentences('/v1/agents', body, secret)).toEqual([
      'body holds more than 20000 values.',
    ]);
  });

  it('of depth, also in what is no JSON', async () => {
    expect(await sentences('/v1/web-calls', '['.repeat(40), page)).toEqual([
      'body is nested more than 32 levels deep.',
    ]);
  });

  it('and does not count what stands in texts', async () => {
    const title = `\\",[{`.repeat(12);
    const createAgent = () => Promise.resolve(AGENT);
    const { request } = testApp({ createAgent });
    const long = { title, settings: { prompt: ',[{"\\'.repeat(15_000) } };
    expect((await request('/v1/agents', jsonPost(long, secret))).status).toBe(201);
  });
});

describe('lengths come before elements', () => {
  it('of a list', async () => {
    expect(await sentences(EVENTS, { events: list(101, {}) }, job)).toEqual([
      'events: Too big: expected array to have <=100 items.',
    ]);
  });

  it('of a list in the option that a discriminator chooses', async () => {
    const config = { destinations: list(8, 7) };
    const functions = [{ type: 'call_transfer', name: 'x', description: '', config }];
    expect(await sentences('/v1/agents', { title: 'x', settings: { functions } }, secret)).toEqual([
      'settings.functions[0].config.destinations: Too big: expected array to have <=7 items.',
    ]);
  });

  it('of a record', async () => {
    const body = { agent_id: 'agent_1', variables: record(51) };
    expect(await sentences('/v1/web-calls', body, page)).toEqual([
      'variables: may hold at most 50 keys.',
    ]);
  });

  it('of a text, which no pattern then reads', async () => {
    const config = { url: `http://${'{'.repeat(200_000)}`, method: 'GET', parameters: {} };
    const functions = [{ type: 'custom', name: 'x', description: '', config }];
    const began = performance.now();
    expect(await sentences('/v1/agents', { title: 'x', settings: { functions } }, secret)).toEqual([
      'settings.functions[0].config.url: Too big: expected string to have <=2000 characters.',
    ]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('but a text is measured as it will be kept', async () => {
    const { request } = testApp({ createAgent: () => Promise.resolve(AGENT) });
    const body = {
      title: `${' '.repeat(100)}Desk`,
      settings: { welcome_message: '😀'.repeat(5_000) },
    };
    expect((await request('/v1/agents', jsonPost(body, secret))).status).toBe(201);
  });
});

describe('names that mean something to JavaScript', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('%s is refused by name', async (name) => {
    const within = `{"agent_id":"agent_1","metadata":{"a":[{"${name}":1}]}}`;
    expect(await sentences('/v1/web-calls', within, page)).toEqual([
      `metadata.a[0].${name} is a reserved name.`,
    ]);
    const variables = `{"agent_id":"agent_1","variables":{"${name}":"x"}}`;
    expect(await sentences('/v1/web-calls', variables, page)).toEqual([
      `variables.${name} is a reserved name.`,
    ]);
    const loose = `{"room_config":{"agents":[{"agent_name":"agent_1"}]},"participant_attributes":{"${name}":"x"}}`;
    expect(await sentences('/v1/livekit/token', loose, page)).toEqual([
      `participant_attributes.${name} is a reserved name.`,
    ]);
    const query = await testApp().request(`/v1/calls?${name}=1`, { headers: secret });
    expect(await query.json()).toMatchObject({ message: `${name} is a reserved name.` });
  });
});
