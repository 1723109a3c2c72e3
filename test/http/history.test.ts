/** The call history by its filters, words, orders, exports and figures, the same on PGlite and on PostgreSQL. */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { realApp, type RealApp } from '../support/real-app.js';
import { NO_CEILINGS, callRow, turnRow } from '../support/rows.js';
import type { CallPage } from '../../sdk/wire/call.js';
import type { CallStatistics } from '../../sdk/wire/call-statistics.js';
import type { WholeCallRow } from '../../server/domain/ports/rows.js';
import type { TestPostgres } from '../support/postgres.js';

const bin = findPostgres();
const DAY = 86_400_000;
/** 23:30 in London, and half an hour into the next day in Berlin. */
const FIRST = Date.parse('2026-11-20T23:30:00Z');

describe.each([
  ['PGlite', true],
  ['PostgreSQL', bin !== null],
])('the history on %s', (engine, present) => {
  if (!present) {
    it.skip('is not installed here', () => undefined);
    return;
  }
  let postgres: TestPostgres | null = null;
  let real: RealApp;
  let given: Pick<WholeCallRow, 'workspace_id' | 'settings_hash' | 'agent_id' | 'agent_version_id'>;

  /** A call that has ended, in which this was said, a day after the one before. */
  const ended = async (n: number, said: string[], changes: Partial<WholeCallRow> = {}) => {
    const created_at = new Date(FIRST + n * DAY);
    const row = callRow(`call_h${n}`, { ...given, created_at, started_at: created_at, ...changes });
    await real.store.insertCall(row, [], NO_CEILINGS);
    const ended_at = new Date(created_at.getTime() + 60_000);
    await real.store.changeCall(row.id, () => ({
      changes: {
        status: 'completed',
        end_reason: 'user_disconnected',
        duration_ms: 60_000 + n,
        ...changes,
        ended_at,
      },
      turns: said.map((content, at) => {
        const started_at = new Date(created_at.getTime() + at * 1_000);
        return { ...turnRow(row.id), turn_id: `t${at}`, content, started_at, ended_at: started_at };
      }),
      endsAt: ended_at,
    }));
  };
  const page = async (query: string) => {
    const { status, body } = await real.api('GET', `/v1/calls?${query}`);
    expect(status, query).toBe(200);
    return body as CallPage;
  };
  const found = async (query: string) =>
    (await page(`limit=50&${query}`)).data.map(({ id }) => id).sort();
  const exported = async (query: string, headers: Record<string, string> = {}) => {
    const path = `/v1/calls/export?${query}`;
    const answer = await real.request(path, { headers: { ...real.secret, ...headers } });
    expect(answer.status, query).toBe(200);
    return answer;
  };
  const lines = async (query: string) =>
    (await (await exported(query)).text()).trimEnd().split('\r\n');

  beforeAll(async () => {
    if (engine === 'PostgreSQL' && bin) postgres = startPostgres(bin);
    real = await realApp({}, {}, postgres?.url);
    real.clock.at = FIRST + 20 * DAY;
    const { agent_id } = real.first;
    const [version] = (await real.store.headVersions([agent_id])).filter((one) => one.is_published);
    const workspace = await real.store.firstWorkspace();
    given = {
      workspace_id: workspace?.id ?? '',
      settings_hash: version?.settings_hash ?? '',
      agent_id,
      agent_version_id: version?.id ?? '',
    };
    const route = callRow('call_x').route;
    await ended(1, ['The ÄRGER with my bicycle', 'It is the brake, O’Brien'], {
      metadata: { plan: 'pro', seats: 3, vip: true, deep: { a: 1 } },
      latency_ms: 700.5,
      cost: 0.25,
      findings: ['slow_answer', 'talk_over'],
      analysis_status: 'completed',
      agent_name: '=cmd|x',
      json_output: { topic: '+1 "brake", urgent', count: -2 },
    });
    await ended(2, ['My bicycle is fine', 'The brake lever, though'], {
      metadata: { plan: 'free' },
      latency_ms: 900,
      sentiment: 'negative',
      findings: ['talk_over'],
      analysis_status: 'failed',
      route: { ...route, origin: 'https://other.example' },
      summary: 'Two\nlines',
    });
    await ended(3, ['Nothing of that kind'], {
      entry_point: 'test',
      status: 'failed',
      duration_ms: null,
    });
    const open = callRow('call_h4', { ...given, created_at: new Date(FIRST + 4 * DAY) });
    await real.store.insertCall(open, [], NO_CEILINGS);
  });
  afterAll(async () => {
    await real?.close();
    postgres?.stop();
  });

  it.each([
    ['q=bicycle', [1, 2]],
    ['q=%C3%A4rger', [1]],
    ['q=BRAKE+bicycle', [1, 2]],
    ['q="brake+lever"', [2]],
    ['q=lever+or+kind', [2, 3]],
    ['q=brake+-lever', [1]],
    ['q=bicy', []],
    ['q=bicycle&finding=slow_answer', [1]],
    ['q=bicycle&sort_by=cost', [1, 2]],
    ['finding=talk_over,long_silence', [1, 2]],
    ['entry_point=test', [3]],
    ['entry_point=web&status=completed,created', [1, 2, 4]],
    ['status=created', [4]],
    ['origin=https://other.example', [2]],
    ['sentiment=negative', [2]],
    ['metadata.plan=pro', [1]],
    ['metadata.seats=3&metadata.vip=true', [1]],
    ['metadata.plan=', [1, 2, 3, 4]],
    ['metadata.deep=1', []],
    ['cost_min=0.25', [1]],
    ['cost_max=0.2', []],
    ['latency_min=701', [2]],
    ['latency_max=700', []],
    ['duration_max=60001', [1]],
    ['agent_version_name=', [1, 2, 3, 4]],
    ['agent_version_name=FRONT', [1, 2, 3, 4]],
    ['agent_version_name=front&status=created', [4]],
    ['agent_version_name=front&agent_version_id=av_other', []],
    ['agent_version_name=%25', []],
    ['analysis=failed', [2]],
    ['analysis=failed,queued&q=bicycle', [2]],
    ['analysis=completed,failed', [1, 2]],
    ['analysis=none', [3, 4]],
    ['analysis=queued', []],
    ['call_id=call_h1,call_h4', [1, 4]],
    ['start_date=2026-11-23T00:00:00Z&end_date=2026-11-24T00:00:00Z', [3]],
  ])('has for %s what matches, and nothing else', async (query, numbers) => {
    expect(await found(query)).toEqual(numbers.map((n) => `call_h${n}`));
  });

  it.each([
    ['created_at', [4, 3, 2, 1]],
    ['duration', [2, 1, 4, 3]],
    ['latency', [2, 1, 4, 3]],
    ['cost', [1, 4, 3, 2]],
  ])('sorts by %s, page by page, down and up', async (by, down) => {
    for (const towards of ['desc', 'asc']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const one: CallPage = await page(
          `limit=1&sort_by=${by}&sort_order=${towards}&cursor=${cursor}`,
        );
        seen.push(...one.data.map(({ id }) => id));
        cursor = one.next_cursor;
      }
      const ids = down.map((n) => `call_h${n}`);
      expect(seen, `${by} ${towards}`).toEqual(towards === 'desc' ? ids : ids.toReversed());
    }
  });

  it('counts on request, and goes on after a call that is named', async () => {
    expect(await page('count=true&finding=talk_over&limit=1')).toMatchObject({
      total: 2,
      total_is_exact: true,
    });
    expect(await page('')).not.toHaveProperty('total');
    const { data } = await page('cursor=call_h3');
    expect(data.map(({ id }) => id)).toEqual(['call_h2', 'call_h1']);
    expect((await real.api('GET', '/v1/calls?cursor=call_none')).status).toBe(400);
  });

  it.each(['/v1/calls', '/v1/calls/export', '/v1/calls/statistics'])(
    'refuses by name what it does not know: %s',
    async (path) => {
      for (const name of ['batch_call_id', 'from', 'page', 'findings', 'metadata.']) {
        const { status, body } = await real.api('GET', `${path}?${name}=1`);
        expect([status, (body as { message: string }).message]).toEqual([
          400,
          `${name} is not a known field.`,
        ]);
      }
    },
  );

  it('exports CSV: with a head, quoted, safe from formulas, with times of a zone and members of records', async () => {
    const columns =
      'id,created_at,agent_name,json_output.topic,json_output.count,metadata.plan,metadata.deep,findings,summary,cost';
    const [head, ...rows] = await lines(`status=completed&sort_order=asc&columns=${columns}`);
    expect(head).toBe(columns);
    expect(rows.join('\r\n')).toBe(
      [
        `call_h1,2026-11-21T23:30:00.000Z,'=cmd|x,"'+1 ""brake"", urgent",-2,pro,"{""a"":1}",slow_answer;talk_over,,0.25`,
        'call_h2,2026-11-22T23:30:00.000Z,Desk,,,free,,talk_over,"Two\nlines",',
      ].join('\r\n'),
    );
  });

  it('exports NDJSON, a whole object a line, as rows of the list say it', async () => {
    const answer = await exported(
      'format=ndjson&finding=slow_answer&columns=id,findings,cost,latency_ms,transcript,metadata',
    );
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(JSON.parse(await answer.text())).toEqual({
      id: 'call_h1',
      findings: ['slow_answer', 'talk_over'],
      cost: 0.25,
      latency_ms: 700.5,
      transcript: 'User: The ÄRGER with my bicycle\nUser: It is the brake, O’Brien',
      metadata: { plan: 'pro', seats: 3, vip: true, deep: { a: 1 } },
    });
    const [row] = (await page('finding=slow_answer')).data;
    const whole = await (await exported('format=ndjson&finding=slow_answer')).text();
    expect(JSON.parse(whole)).toMatchObject({ ...row });
  });

  it('exports with a byte order mark, compressed, limited and resumed, when asked to', async () => {
    const zipped = await exported('bom=true&columns=id', { 'accept-encoding': 'gzip' });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    const text = gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString();
    expect(text).toBe('\uFEFFid\r\ncall_h4\r\ncall_h3\r\ncall_h2\r\ncall_h1\r\n');
    expect(await lines('columns=id&limit=2')).toEqual(['id', 'call_h4', 'call_h3']);
    expect(await lines('columns=id&cursor=call_h3')).toEqual(['id', 'call_h2', 'call_h1']);
  });

  it('refuses an export before it begins', async () => {
    for (const [query, message] of [
      ['columns=id,secret', 'columns: "secret" is no column.'],
      ['columns=summary.x', 'columns: "summary.x" is no column.'],
      ['cursor=call_none', 'cursor: must be a next_cursor of this list'],
    ] as const) {
      const { status, body } = await real.api('GET', `/v1/calls/export?${query}`);
      expect([status, (body as { message: string }).message]).toEqual([
        400,
        expect.stringContaining(message),
      ]);
    }
    const { status } = await real.api('GET', '/v1/calls/export', undefined, real.page);
    expect(status).toBe(403);
  });

  it('counts calls, minutes, outcomes and findings by day of a time zone, agent, version and origin', async () => {
    const { status, body } = await real.api('GET', '/v1/calls/statistics?time_zone=Europe/Berlin');
    expect(status).toBe(200);
    const { total, by_time, by_agent, by_version, by_origin } = body as CallStatistics;
    expect(total).toMatchObject({
      calls: 4,
      minutes: 2,
      cost: 0.25,
      statuses: { completed: 2, failed: 1, created: 1 },
      end_reasons: { user_disconnected: 3 },
      findings: { slow_answer: 1, talk_over: 2 },
    });
    expect(total.latency_ms?.p50).toBeGreaterThan(690);
    expect(total.latency_ms?.p50).toBeLessThan(711);
    expect(by_time.map(({ start, calls }) => [start, calls])).toEqual([
      ['2026-11-21T23:00:00.000Z', 1],
      ['2026-11-22T23:00:00.000Z', 1],
      ['2026-11-23T23:00:00.000Z', 1],
      ['2026-11-24T23:00:00.000Z', 1],
    ]);
    expect(by_agent).toMatchObject([{ agent_id: given.agent_id, calls: 4 }]);
    expect(by_version).toMatchObject([{ agent_version_id: given.agent_version_id, calls: 4 }]);
    expect(by_origin.map(({ origin, calls }) => [origin, calls])).toEqual([
      ['https://shop.example', 3],
      ['https://other.example', 1],
    ]);
    const hours = await real.api('GET', '/v1/calls/statistics?interval=hour&status=failed');
    expect((hours.body as CallStatistics).by_time).toMatchObject([
      { start: '2026-11-23T23:00:00.000Z', calls: 1 },
    ]);
  });

  it('follows what is told of a call later, and forgets what is erased', async () => {
    await ended(9, ['zebra']);
    const late = { ...turnRow('call_h9'), turn_id: 'late', content: 'okapi' };
    await real.store.changeCall('call_h9', () => ({ changes: {}, turns: [late] }));
    expect(await found('q=okapi+zebra')).toEqual(['call_h9']);
    await real.store.changeCall('call_h9', () => ({
      changes: { sentiment: 'positive', findings: ['agent_late'] },
    }));
    expect(await found('finding=agent_late&sentiment=positive')).toEqual(['call_h9']);
    await real.store.changeCall('call_h9', () => ({ changes: { sensitive_delete: true } }));
    expect(await found('q=zebra')).toEqual([]);
    expect(await found('call_id=call_h9')).toEqual(['call_h9']);
  });

  it('leaves none out and repeats none while calls arrive', async () => {
    const before = (await page('limit=50')).data.map(({ id }) => id);
    const seen: string[] = [];
    let n = 10;
    for (let cursor: string | null = ''; cursor !== null; n += 1) {
      const one: CallPage = await page(`limit=2&cursor=${cursor}`);
      seen.push(...one.data.map(({ id }) => id));
      cursor = one.next_cursor;
      await ended(n, ['arrived']);
    }
    expect(seen).toEqual(before);
  });
});
