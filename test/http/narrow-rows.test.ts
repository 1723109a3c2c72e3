/** What a call costs the database: a row of its own, and reads that do not grow with what the call was given. */
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimedCall } from '../support/claimed-call.js';
import { watchTraffic } from '../support/database-traffic.mjs';
import { realApp } from '../support/real-app.js';
import type { AgentJob } from '../../sdk/wire/agent-job.js';
import type { RealApp } from '../support/real-app.js';

const CALLS = 100;
/** A call's row before its end and after, its row in the history, its timeline, and their places in the indexes. */
const BYTES_A_CALL = 5_500;
/** The most that one read of a call may take. */
const ROW = 1_500;
/** Together nearly as long as a body may be. */
const LONG = {
  variables: Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [`name_${n}`, 'x'.repeat(2_000)]),
  ),
  metadata: { note: 'x'.repeat(16_000) },
  consent: { text: 'x'.repeat(4_000), accepted_at: '2026-11-23T10:00:00Z' },
};

/** An analysis as long as they come. */
const FOUND = {
  method: 'rules',
  model: null,
  success: true,
  summary: 'x'.repeat(2_000),
  sentiment: 'neutral',
  usage: null,
  fields: { topic: { value: 'x'.repeat(8_000), turn_id: 't1' } },
} as const;

const traffic = watchTraffic(PGlite);
let real: RealApp;
beforeAll(async () => {
  real = await realApp({}, { analyst: { analyse: () => Promise.resolve(FOUND) } });
});
afterAll(async () => {
  await real.close();
  traffic.stop();
});

it('a call of the demo agent takes no room for what its version says', async () => {
  const before = await traffic.databaseBytes();
  for (let n = 0; n < CALLS; n += 1) {
    const { status, body } = await real.createCall({ agent_id: real.first.agent_id }, real.secret);
    expect(status).toBe(201);
    await real.api('POST', `/v1/web-calls/${body.call_id}/terminate`, {});
  }
  const grown = (await traffic.databaseBytes()) - before;
  expect(grown / CALLS).toBeLessThan(BYTES_A_CALL);
});

it('whoever works on a call reads a narrow row of it, a batch of events once, and never what it was given', async () => {
  const asked = { agent_id: real.first.agent_id, ...LONG };
  const { body: grant } = await real.createCall(asked, real.secret);
  const path = `/v1/agent-jobs/${grant.call_id}`;
  const token = await real.media.agentToken(real.roomOf(grant));
  const asAgent = { authorization: `Bearer ${token}` };
  const job = (await real.api('POST', `${path}/claim`, {}, asAgent)).body as AgentJob;
  expect(job.settings.dialogue).not.toBeNull();
  expect(job.variables).toMatchObject(LONG.variables);

  const asJob = { authorization: `Bearer ${job.job_token}`, 'content-type': 'application/json' };
  const asPage = { authorization: `Bearer ${grant.call_token}` };
  const note = { type: 'note', at: real.clock.now().toISOString(), name: 'heard' };
  const post = (name: string, body: object): [string, RequestInit] => [
    `${path}/${name}`,
    { method: 'POST', headers: asJob, body: JSON.stringify(body) },
  ];
  const chunk = (seq: number): [string, RequestInit] => {
    const headers = { ...asJob, 'content-type': 'audio/pcm', 'x-sample-rate': '16000' };
    return [`${path}/recording/${seq}`, { method: 'PUT', headers, body: new Uint8Array(64) }];
  };
  const requests: Record<string, [rows: number, ...request: [string, RequestInit]]> = {
    // Whose job it is was not known yet.
    'first events': [2, ...post('events', { events: [{ ...note, seq: 1 }] })],
    events: [1, ...post('events', { events: [2, 3].map((seq) => ({ ...note, seq })) })],
    // Once before the bytes are written, and once when they are counted.
    chunk: [2, ...chunk(0)],
    'a page': [1, `/v1/web-calls/${grant.call_id}`, { headers: asPage }],
    outcome: [4, ...post('outcome', { end_reason: 'agent_disconnected' })],
    history: [2, '/v1/calls?limit=1', { headers: real.secret }],
    agents: [2, '/v1/agents', { headers: real.secret }],
  };
  const tooMuch: Record<string, number> = {};
  for (const [name, [rows, ...request]] of Object.entries(requests)) {
    const { read } = await traffic.during(async () => {
      expect((await real.request(...request)).status, name).toBe(200);
    });
    expect(read, name).toBeGreaterThan(0);
    if (read > rows * ROW) tooMuch[name] = read;
  }
  expect(tooMuch).toEqual({});
});

it('the history reads nothing of what an analysis found', async () => {
  real.clock.at += 1_000;
  const { callId, jobToken } = await claimedCall(real);
  const asJob = { authorization: `Bearer ${jobToken}` };
  const at = real.clock.now().toISOString();
  const turn = { seq: 1, type: 'turn', turn_id: 't1', role: 'user', content: 'Hello' };
  const events = [{ ...turn, started_at: at, ended_at: at }];
  await real.api('POST', `/v1/agent-jobs/${callId}/events`, { events }, asJob);
  await real.api('POST', `/v1/web-calls/${callId}/terminate`, {});
  real.clock.at += 10_000;
  await real.domain.afterCalls();
  expect((await real.readCall(callId)).analysis.status).toBe('completed');
  const { read } = await traffic.during(async () => {
    const page = await real.api('GET', '/v1/calls?limit=1');
    expect(page.body).toMatchObject({ data: [{ id: callId }] });
  });
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(2 * ROW);
});

it('a call that began with a draft runs with the draft as it was, however it is edited', async () => {
  const { agent_id } = real.first;
  const { body: grant } = await real.createCall({ agent_id }, real.secret);
  const heads = await real.store.headVersions([agent_id]);
  const draft = heads.find((head) => !head.is_published);
  const settings_hash = draft?.settings_hash ?? '';
  await real.store.changeCall(grant.call_id, () => ({ changes: { settings_hash } }));
  const edit = await real.api('PATCH', `/v1/agents/${agent_id}`, { settings: { prompt: 'New.' } });
  expect(edit.status).toBe(200);
  const token = await real.media.agentToken(real.roomOf(grant));
  const asAgent = { authorization: `Bearer ${token}` };
  const path = `/v1/agent-jobs/${grant.call_id}/claim`;
  const job = (await real.api('POST', path, {}, asAgent)).body as AgentJob;
  expect(job.settings.prompt).not.toBe('New.');
  expect(job.settings.prompt).toBe((await real.store.findSettings(settings_hash))?.prompt);
});
