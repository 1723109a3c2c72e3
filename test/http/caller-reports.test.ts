/** What the call's own page tells of a call: its timeline, its connection and the caller's rating. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, realApp } from '../support/real-app.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

const spread = { p50: 40, p90: 60.5, max: 90 };
const connection = {
  codec: 'opus',
  rtt_ms: spread,
  jitter_ms: spread,
  packet_loss_percent: { p50: 0, p90: 7, max: 20 },
  candidate_type: 'host',
  protocol: 'udp',
  samples: 3,
};
const step = (type: string, at_ms: number, detail = {}) => ({ type, at_ms, detail });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const pathOf = (grant: CreateWebCallResponse, verb: string) =>
  `/v1/web-calls/${grant.call_id}/${verb}`;
const put = (grant: CreateWebCallResponse, body: object, token = grant.call_token) =>
  real.api('PUT', pathOf(grant, 'client-report'), body, bearer(token));
const rate = (grant: CreateWebCallResponse, body: object, token = grant.call_token) =>
  real.api('POST', pathOf(grant, 'feedback'), body, bearer(token));
const end = (grant: CreateWebCallResponse) => real.api('POST', pathOf(grant, 'terminate'), {});

/** An agent whose version stores nothing that was said. */
async function discreet(): Promise<string> {
  const made = await real.api('POST', '/v1/agents', {
    title: 'Discreet',
    settings: { prompt: 'Hello', opt_out_sensitive_data_storage: true },
  });
  const { id } = made.body as { id: string };
  await real.api('POST', `/v1/agents/${id}/versions/1/publish`, {});
  return id;
}

describe('a report of the device', () => {
  it('is on the record as its word, counted from the start of the call whatever its clock says', async () => {
    const { body: grant } = await real.createCall();
    real.clock.at += 2_000;
    const early = { sent_at_ms: -499_400, timeline: [step('grant', -500_000)] };
    expect((await put(grant, early)).status).toBe(204);
    expect((await real.readCall(grant.call_id)).client?.timeline).toEqual([step('grant', 1_400)]);

    await real.joinCaller(grant);
    const moved = await real.readCall(grant.call_id);
    expect(moved.client?.timeline).toEqual([step('grant', -600)]);

    real.clock.at += 4_000;
    const timeline = [
      step('muted', 3_500),
      step('start', -900),
      step('end', 3_900, { reason: 'x' }),
    ];
    expect((await put(grant, { sent_at_ms: 4_000, timeline, connection })).status).toBe(204);
    const call = await real.readCall(grant.call_id);
    expect(call.client).toEqual({
      timeline: [step('start', -900), step('muted', 3_500), step('end', 3_900, { reason: 'x' })],
      connection,
      reported_at: real.clock.now().toISOString(),
    });
    await end(grant);
    const { findings } = (await real.readCall(grant.call_id)).explanation;
    expect(findings.map(({ code }) => code)).toContain('packet_loss');
  });

  it('that was overtaken on its way changes nothing, and one that is sent again does no harm', async () => {
    const { body: grant } = await real.createCall();
    await real.joinCaller(grant);
    real.clock.at += 10_000;
    const timeline = [step('connected', 1_000), step('end', 9_000)];
    const last = { sent_at_ms: 9_000, timeline, connection };
    const periodic = { sent_at_ms: 8_500, timeline: timeline.slice(0, 1) };
    await Promise.all([put(grant, last), put(grant, periodic)]);
    const { client } = await real.readCall(grant.call_id);
    expect(client?.timeline.map(({ type }) => type)).toEqual(['connected', 'end']);
    expect(client).toMatchObject({ connection });
    expect((await put(grant, periodic)).status).toBe(204);
    expect((await real.readCall(grant.call_id)).client).toEqual(client);
    expect((await put(grant, last)).status).toBe(204);
    expect((await real.readCall(grant.call_id)).client).toEqual(client);
    await end(grant);
  });

  it('that claims to be of the far future holds up none of those that follow', async () => {
    const { body: grant } = await real.createCall();
    const told = async (sent_at_ms: number, type: string) => {
      expect((await put(grant, { sent_at_ms, timeline: [step(type, 0)] })).status).toBe(204);
      return (await real.readCall(grant.call_id)).client?.timeline[0]?.type;
    };
    expect(await told(864_000_000, 'far')).toBe('far');
    expect(await told(5_000, 'near')).toBe('near');
    expect(await told(-864_000_000, 'past')).toBe('past');
    expect(await told(9_000, 'near')).toBe('near');
    await end(grant);
  });

  it('of a closing page is a beacon, with the token in its body', async () => {
    const { body: grant } = await real.createCall();
    const report = { sent_at_ms: 0, timeline: [step('end', 0)], call_token: grant.call_token };
    const sent = (body: object) =>
      real.request(pathOf(grant, 'client-report'), {
        method: 'POST',
        headers: { 'content-type': 'text/plain;charset=UTF-8', origin: HOME },
        body: JSON.stringify(body),
      });
    expect((await sent(report)).status).toBe(204);
    expect((await real.readCall(grant.call_id)).client?.timeline[0]?.type).toBe('end');
    expect((await sent({ ...report, call_token: undefined })).status).toBe(401);
    expect((await sent({ ...report, call_token: 'dnx_call_other' })).status).toBe(401);
    await end(grant);
  });

  it('may come with PUT from a page of another site', async () => {
    const { body: grant } = await real.createCall();
    const asked = await real.request(pathOf(grant, 'client-report'), {
      method: 'OPTIONS',
      headers: { origin: HOME, 'access-control-request-method': 'PUT' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBe(HOME);
    expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
    await end(grant);
  });

  it('is taken until one minute after the end', async () => {
    const { body: grant } = await real.createCall();
    await end(grant);
    real.clock.at += 59_000;
    expect((await put(grant, { sent_at_ms: 0, timeline: [] })).status).toBe(204);
    real.clock.at += 2_000;
    const late = await put(grant, { sent_at_ms: 0, timeline: [step('late', 0)] });
    expect(late).toMatchObject({ status: 409, body: { code: 'call_already_ended' } });
    expect((await real.readCall(grant.call_id)).client?.timeline).toEqual([]);
  });

  it('leaves codes and figures only where the version stores no words', async () => {
    const { body: grant } = await real.createCall({ agent_id: await discreet() }, real.secret);
    const said = 'My number is 12345';
    const timeline = [
      step('error', 1, { code: 'microphone_denied', text: said }),
      step('my_name_is_zephyrine', 2),
      step('end', 3, { reason: said, times: 12345 }),
    ];
    const spoken = { ...connection, codec: said };
    await put(grant, { sent_at_ms: 4, timeline, connection: spoken });
    const { client } = await real.readCall(grant.call_id);
    expect(client?.timeline.map(({ type, detail }) => [type, detail])).toEqual([
      ['error', { code: 'microphone_denied' }],
      ['end', {}],
    ]);
    expect(client?.connection).toEqual({ ...connection, codec: null });
    await end(grant);
  });

  it('keeps there that the next page took the call up, and that a relay was reached by TLS', async () => {
    const { body: grant } = await real.createCall({ agent_id: await discreet() }, real.secret);
    const relayed = { ...connection, candidate_type: 'relay', protocol: 'tls' };
    await put(grant, { sent_at_ms: 4, timeline: [step('resumed', 1)], connection: relayed });
    const { client } = await real.readCall(grant.call_id);
    expect(client?.timeline.map(({ type }) => type)).toEqual(['resumed']);
    expect(client?.connection).toEqual(relayed);
    await end(grant);
  });

  it.each([
    ['more than 100 steps', { timeline: Array.from({ length: 101 }, () => step('muted', 1)) }],
    ['a word that is none', { timeline: [step('<b>hi</b>', 1)] }],
    ['a time beyond all calls', { timeline: [step('muted', 1e12)] }],
    ['a long detail', { timeline: [step('muted', 1, { text: 'x'.repeat(201) })] }],
    ['nested detail', { timeline: [step('muted', 1, { deep: { deeper: [] } })] }],
    ['an unknown figure', { connection: { ...connection, address: '10.0.0.1' } }],
    [
      'a figure beyond all calls',
      { connection: { ...connection, rtt_ms: { ...spread, max: 1e308 } } },
    ],
    ['a negative figure', { connection: { ...connection, rtt_ms: { ...spread, p50: -1 } } }],
    ['a field that there is not', { transcript: [] }],
  ])('with %s is refused, and the former stays', async (_, wrong) => {
    const { body: grant } = await real.createCall();
    await put(grant, { sent_at_ms: 0, timeline: [step('start', 0)] });
    const refused = await put(grant, { sent_at_ms: 0, timeline: [], ...wrong });
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect((await real.readCall(grant.call_id)).client?.timeline).toHaveLength(1);
    await end(grant);
  });

  it('of more than 16 KiB, by a key or by the token of another call is refused', async () => {
    const { body: grant } = await real.createCall();
    const { body: other } = await real.createCall();
    const long = { sent_at_ms: 0, timeline: [], call_token: 'x'.repeat(17_000) };
    expect((await put(grant, long)).status).toBe(413);
    const report = { sent_at_ms: 0, timeline: [step('start', 0)] };
    expect((await put(grant, report, other.call_token)).status).toBe(401);
    expect((await put(grant, report, real.secret.authorization.slice(7))).status).toBe(401);
    expect((await real.readCall(grant.call_id)).client).toBeNull();
    await Promise.all([end(grant), end(other)]);
  });
});

describe('feedback', () => {
  it('of the caller is on the record, and the last word counts', async () => {
    const { body: grant } = await real.createCall();
    expect((await rate(grant, { rating: 2, comment: 'Hello?' })).status).toBe(200);
    await end(grant);
    real.clock.at += 3_599_000;
    const kept = await rate(grant, { rating: 5 });
    const feedback = { rating: 5, comment: null, at: real.clock.now().toISOString() };
    expect(kept).toEqual({ status: 200, body: feedback });
    real.clock.at += 2_000;
    expect((await rate(grant, { rating: 1 })).body).toMatchObject({ code: 'call_already_ended' });
    expect((await real.readCall(grant.call_id)).feedback).toEqual(feedback);
  });

  it.each([
    {},
    { rating: 0 },
    { rating: 6 },
    { rating: 2.5 },
    { rating: 5, comment: 'x'.repeat(2_001) },
  ])('such as %j is refused', async (wrong) => {
    const { body: grant } = await real.createCall();
    expect((await rate(grant, wrong)).status).toBe(400);
    expect((await real.readCall(grant.call_id)).feedback).toBeNull();
    await end(grant);
  });

  it("by another call's token is refused", async () => {
    const { body: grant } = await real.createCall();
    const { body: other } = await real.createCall();
    expect((await rate(grant, { rating: 1 }, other.call_token)).status).toBe(401);
    await Promise.all([end(grant), end(other)]);
  });

  it('keeps no words where the version stores none', async () => {
    const asked = { agent_id: await discreet(), page_url: 'https://shop.example/?name=Zephyrine' };
    const { body: grant } = await real.createCall(asked, real.secret);
    expect((await real.readCall(grant.call_id)).route.page_url).toBeNull();
    const kept = await rate(grant, { rating: 3, comment: 'My number is 12345' });
    expect(kept.body).toMatchObject({ rating: 3, comment: null });
    expect((await real.readCall(grant.call_id)).feedback).toMatchObject({
      rating: 3,
      comment: null,
    });
    await end(grant);
  });
});
