/** Values that the database cannot hold, over the real one: each is refused in words or mended, none is a 500. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realApp } from '../support/real-app.js';
import { claimedCall } from '../support/claimed-call.js';
import type { ClaimedCall } from '../support/claimed-call.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
let job: ClaimedCall;

beforeAll(async () => {
  real = await realApp();
  job = await claimedCall(real);
});
afterAll(() => real.close());

type Who = 'secret' | 'page' | 'job' | 'nobody';
type Row = [name: string, who: Who, method: string, path: string, body: unknown, code: string];

const AGENT = '/v1/agents/AGENT';
const TOO_MUCH = 2_147_483_647;
const half = 'cut \ud83d';
const at = '2026-11-23T10:00:00.000Z';
const cursor = (plain: string): string => Buffer.from(plain).toString('base64url');

function deep(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}

const paths = (name: string, id: string): Row[] => [
  [
    `${name}: end a call`,
    'nobody',
    'POST',
    `/v1/web-calls/${id}/terminate`,
    { call_token: 'x' },
    'not_found',
  ],
  [`${name}: read an end`, 'job', 'GET', `/v1/web-calls/${id}`, undefined, 'not_found'],
  [`${name}: end as a backend`, 'secret', 'POST', `/v1/web-calls/${id}/terminate`, {}, 'not_found'],
  [`${name}: claim`, 'job', 'POST', `/v1/agent-jobs/${id}/claim`, undefined, 'not_found'],
  [`${name}: events`, 'job', 'POST', `/v1/agent-jobs/${id}/events`, { events: [] }, 'not_found'],
  [`${name}: outcome`, 'job', 'POST', `/v1/agent-jobs/${id}/outcome`, {}, 'not_found'],
  [`${name}: a chunk`, 'job', 'PUT', `/v1/agent-jobs/${id}/recording/0`, undefined, 'not_found'],
  [`${name}: a call`, 'secret', 'GET', `/v1/calls/${id}`, undefined, 'not_found'],
  [`${name}: a transcript`, 'secret', 'GET', `/v1/calls/${id}/transcript`, undefined, 'not_found'],
  [`${name}: an agent`, 'secret', 'GET', `/v1/agents/${id}`, undefined, 'not_found'],
  [`${name}: a key`, 'secret', 'DELETE', `/v1/api-keys/${id}`, undefined, 'not_found'],
  [
    `${name}: a recording`,
    'nobody',
    'GET',
    `/v1/recordings/${id}?expires=1&signature=x`,
    undefined,
    'not_found',
  ],
];

const foreign = (list: string, ...plain: string[]): Row[] =>
  plain.map((text) => [
    `${list} after ${text}`,
    'secret',
    'GET',
    `${list}?cursor=${cursor(text)}`,
    undefined,
    'validation_failed',
  ]);

const REFUSED: Row[] = [
  ...paths('NUL in the path', 'call_%00'),
  ...paths('a path part without end', 'x'.repeat(5_000)),
  ['deep JSON', 'page', 'POST', '/v1/web-calls', deep(33), 'validation_failed'],
  [
    'JSON without a bottom',
    'nobody',
    'POST',
    '/v1/web-calls/call_1/terminate',
    deep(1_300),
    'validation_failed',
  ],
  ['an agent deep down', 'secret', 'POST', '/v1/agents', deep(30_000), 'validation_failed'],
  [
    'a version beyond int4',
    'page',
    'POST',
    '/v1/web-calls',
    { agent_id: 'AGENT', agent_version_number: TOO_MUCH },
    'validation_failed',
  ],
  [
    'a difference from beyond int4',
    'secret',
    'GET',
    `${AGENT}/diff?from=${TOO_MUCH}&to=1`,
    undefined,
    'validation_failed',
  ],
  [
    'a difference to beyond int4',
    'secret',
    'GET',
    `${AGENT}/diff?from=1&to=1e12`,
    undefined,
    'validation_failed',
  ],
  [
    'a seq beyond int4',
    'job',
    'POST',
    '/v1/agent-jobs/CALL/events',
    { events: [{ seq: TOO_MUCH, type: 'answered', at }] },
    'validation_failed',
  ],
  [
    'the year 0',
    'secret',
    'GET',
    '/v1/calls?start_date=0000-01-01T00:00:00Z',
    undefined,
    'validation_failed',
  ],
  [
    'the year 0 by its offset',
    'secret',
    'GET',
    '/v1/calls?end_date=0001-01-01T00:00:00%2B14:00',
    undefined,
    'validation_failed',
  ],
  [
    'the year 10000 by its offset',
    'secret',
    'POST',
    '/v1/api-keys',
    { name: 'x', kind: 'secret', expires_at: '9999-12-31T23:59:59-14:00' },
    'validation_failed',
  ],
  [
    'a turn in the year 0',
    'job',
    'POST',
    '/v1/agent-jobs/CALL/events',
    { events: [{ seq: 1, type: 'answered', at: '0000-01-01T00:00:00Z' }] },
    'validation_failed',
  ],
  ...foreign(
    '/v1/calls',
    '9999999999999999|call_x',
    '1.5|call_x',
    '1|agent_x',
    '-99999999999999|call_x',
    'x|call_x',
    '1',
  ),
  ...foreign(
    '/v1/agents',
    '9999999999999999|agent_x',
    '-1|agent_x',
    '1.5|agent_x',
    '1|key_x',
    '1|x',
  ),
  ...foreign('/v1/api-keys', '9999999999999999|key_x', '1|agent_x'),
  ...foreign(
    `${AGENT}/versions`,
    '1764000000000|agent_x',
    '1764000000000|av_x',
    '1.5|av_x',
    '0|av_x',
  ),
];

async function send([, who, method, path, body]: Row): Promise<Response> {
  const { secret, page, first } = real;
  const token = { authorization: `Bearer ${job.jobToken}` };
  const headers = { secret, page, job: token, nobody: {} }[who];
  const filled = (text: string): string =>
    text.replaceAll('AGENT', first.agent_id).replaceAll('CALL', job.callId);
  const isText = typeof body === 'string';
  return real.request(filled(path), {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: isText ? body : filled(JSON.stringify(body)) }),
  });
}

describe('refused', () => {
  it.each(REFUSED)('%s', async (...row) => {
    real.log.length = 0;
    const answer = await send(row);
    expect(await answer.json()).toMatchObject({ code: row[5] });
    expect(real.log.filter((line) => line.includes('request failed'))).toEqual([]);
  });

  it('also when the origin is unknown, and for a recording that began in the year 0', async () => {
    const stranger = { origin: 'https://nobody.example' };
    const path = '/v1/web-calls/%00/terminate';
    expect((await real.request(path, { method: 'OPTIONS', headers: stranger })).status).toBe(403);
    const chunk = await real.request(`/v1/agent-jobs/${job.callId}/recording/0`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${job.jobToken}`,
        'content-type': 'audio/pcm',
        'x-sample-rate': '16000',
        'x-started-at': '0000-01-01T00:00:00Z',
      },
      body: new Uint8Array(4),
    });
    expect(chunk.status).toBe(400);
  });
});

describe('refused with the field', () => {
  const key = { name: 'Shop', kind: 'publishable', allowed_origins: ['https://shop.example'] };
  it.each([
    ['half a character in a title', '/v1/agents', { title: `Desk ${half}` }, 'title'],
    [
      'half a character in a version',
      '/v1/agents',
      { title: 'Desk', settings: { prompt: half } },
      'settings.prompt',
    ],
    ['half a character in a name', '/v1/api-keys', { ...key, name: half }, 'name'],
    ['half a character as a member', '/v1/agents', { title: 'Desk', settings: { [half]: 1 } }, ''],
    ['NUL in a name', '/v1/api-keys', { ...key, name: 'a\u0000b' }, 'name'],
  ])('%s', async (_name, path, body, field) => {
    const answer = await real.api('POST', path, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(String((answer.body as { message: unknown }).message)).toContain(`${field} must not`);
  });

  it.each(['1e999', '-1e999', '[{"deep":1e400}]'])('%s in metadata', async (number) => {
    const answer = await real.request('/v1/web-calls', {
      method: 'POST',
      headers: { ...real.page, 'content-type': 'application/json' },
      body: `{"agent_id":"${real.first.agent_id}","metadata":{"x":${number}}}`,
    });
    expect(answer.status).toBe(400);
    const { code, message } = (await answer.json()) as Record<string, unknown>;
    expect(code).toBe('validation_failed');
    expect(String(message)).toMatch(/^metadata\.x\S* is a number too large to be kept\.$/);
  });
});

describe('mended', () => {
  it('half a character in what a caller brings', async () => {
    const { body } = await real.createCall({
      agent_id: real.first.agent_id,
      variables: { name: half },
      metadata: { [half]: [half] },
      page_url: `https://shop.example/${half}`,
      locale: half,
      consent: { text: half, accepted_at: at },
    });
    const call = await real.readCall(body.call_id);
    expect(call.variables).toEqual({ name: 'cut \ufffd' });
    expect(call.metadata).toEqual({ 'cut \ufffd': ['cut \ufffd'] });
    expect(call.consent).toMatchObject({ text: 'cut \ufffd' });
    expect(call.route).toMatchObject({ locale: 'cut \ufffd' });
  });

  it('half a character in a turn and a note, which are kept', async () => {
    const events = [
      {
        seq: 1,
        type: 'turn',
        turn_id: half,
        role: 'user',
        content: half,
        started_at: at,
        ended_at: at,
      },
      { seq: 2, type: 'note', at, name: 'heard', detail: { text: half } },
    ];
    const token = { authorization: `Bearer ${job.jobToken}` };
    const path = `/v1/agent-jobs/${job.callId}/events`;
    expect(await real.api('POST', path, { events }, token)).toMatchObject({
      body: { next_seq: 3 },
    });
    const call = await real.readCall(job.callId);
    expect(call.transcript.map((turn) => turn.content)).toEqual(['cut \ufffd']);
    expect(call.timeline.map((row) => row.detail)).toContainEqual({ text: 'cut \ufffd' });
  });
});
