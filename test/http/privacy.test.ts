/** What was said is erased by request and by age, nothing of it is left anywhere, and every reading has a row. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackendClient } from '../../sdk/backend/index.js';
import { claimedCall } from '../support/claimed-call.js';
import { realApp } from '../support/real-app.js';
import type { RealApp } from '../support/real-app.js';

const SECRET = 'Zephyrine';
const DAY_MS = 86_400_000;

let real: RealApp;
let backend: BackendClient;
beforeAll(async () => {
  real = await realApp();
  backend = new BackendClient({
    serverUrl: 'http://127.0.0.1:18000',
    secretKey: real.first.secret_key,
    retries: 0,
    fetch: (input, init) => Promise.resolve(real.app.fetch(new Request(input as string, init))),
  });
}, 30_000);
afterAll(() => real.close());

/** A call in which a name was said everywhere that a name can be. */
async function saidCall() {
  const { callId, grant, jobToken } = await claimedCall(real);
  await real.joinCaller(grant);
  const at = real.clock.now().toISOString();
  const headers = { authorization: `Bearer ${jobToken}` };
  const path = `/v1/agent-jobs/${callId}`;
  const turn = { type: 'turn', role: 'user', started_at: at, ended_at: at };
  const events = [
    { seq: 1, ...turn, turn_id: 't1', content: `My name is ${SECRET}` },
    {
      seq: 2,
      type: 'function',
      at,
      name: 'find',
      ok: false,
      latency_ms: 1,
      arguments: { name: SECRET },
      answer: { is: SECRET },
      error: `no ${SECRET}`,
    },
    { seq: 3, type: 'note', at, name: 'heard', detail: { name: SECRET } },
    {
      seq: 4,
      type: 'transfer',
      at,
      to: { agent_id: 'agent_x' },
      reason: SECRET,
      status: 'completed',
    },
  ];
  await real.api('POST', `${path}/events`, { events }, headers);
  await real.request(`${path}/recording/0`, {
    method: 'PUT',
    headers: {
      ...headers,
      'content-type': 'audio/pcm',
      'x-sample-rate': '16000',
      'x-started-at': at,
    },
    body: new Uint8Array(6_400).fill(1),
  });
  const end = async () => {
    real.clock.at += 1_000;
    await real.api('POST', `/v1/web-calls/${callId}/terminate`, {});
    await real.api('POST', `${path}/outcome`, { end_reason: 'agent_disconnected' }, headers);
  };
  const late = () =>
    real.api(
      'POST',
      `${path}/events`,
      {
        events: [
          { seq: 9, ...turn, turn_id: 't9', content: SECRET },
          { ...events[1], seq: 10 },
          { ...events[2], seq: 11 },
          { ...events[3], seq: 12, status: 'failed', error: SECRET },
        ],
      },
      headers,
    );
  const report = () =>
    real.api(
      'PUT',
      `/v1/web-calls/${callId}/client-report`,
      { sent_at_ms: 1, timeline: [{ type: 'end', at_ms: 0, detail: { name: SECRET } }] },
      { authorization: `Bearer ${grant.call_token}` },
    );
  return { callId, end, late, report };
}

const actions = async (callId: string) =>
  (await backend.privacy.listAudit({ call_id: callId })).data.map(({ action }) => action);

describe('erasing what was said in a call', () => {
  it('leaves the skeleton, and nothing of the words anywhere', async () => {
    const { callId, end, late, report } = await saidCall();
    await expect(backend.calls.eraseSensitiveData(callId)).rejects.toMatchObject({
      code: 'conflict',
    });
    await end();
    const before = await backend.calls.get(callId);
    expect(JSON.stringify(before)).toContain(SECRET);
    expect(before.recording.status).toBe('available');
    const file = before.recording.url ?? '';

    expect(await backend.calls.eraseSensitiveData(callId)).toEqual({
      call_id: callId,
      sensitive_delete: true,
    });
    expect((await late()).status).toBe(200);
    expect((await report()).status).toBe(204);
    const after = await backend.calls.get(callId);
    expect(JSON.stringify(after)).not.toContain(SECRET);
    expect(after).toMatchObject({
      sensitive_delete: true,
      transcript: [],
      turn_count: 0,
      variables: {},
      summary: null,
      json_output: null,
      client: null,
      recording: { status: 'erased', url: null, bytes: null },
      status: before.status,
      end_reason: before.end_reason,
      duration_ms: before.duration_ms,
      functions: Array(2).fill({ name: 'find', arguments: null, answer: null, error: null }),
      transfers: [
        { reason: null, status: 'completed' },
        { reason: null, error: null, status: 'failed' },
      ],
    });
    const fetched = await real.request(file.replace('http://127.0.0.1:18000', ''));
    expect(fetched.status).toBe(404);
    const found = (await real.api('GET', `/v1/calls?q=${SECRET}`)).body as { data: object[] };
    expect(found.data).toEqual([]);
    // Safe to repeat.
    await backend.calls.eraseSensitiveData(callId);
    await expect(backend.calls.eraseSensitiveData('call_unknown')).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is tried again when the object store was down, and is whole then', async () => {
    let isDown = true;
    const removed: string[] = [];
    const failing = await realApp(
      {},
      {
        objects: {
          write: () => Promise.resolve(),
          size: () => Promise.resolve(0),
          read: () => Promise.reject(new Error('nothing')),
          remove: (name) => {
            if (isDown) return Promise.reject(new Error('down'));
            removed.push(name);
            return Promise.resolve();
          },
        },
      },
    );
    try {
      const { callId } = await claimedCall(failing);
      await failing.api('POST', `/v1/web-calls/${callId}/terminate`, {});
      const first = await failing.api('DELETE', `/v1/calls/${callId}/sensitive-data`);
      expect(first.status).toBe(500);
      expect(await failing.readCall(callId)).toMatchObject({ sensitive_delete: true });
      isDown = false;
      const second = await failing.api('DELETE', `/v1/calls/${callId}/sensitive-data`);
      expect(second.status).toBe(200);
      expect(removed).toEqual([`recordings/${callId}.pcm`]);
    } finally {
      await failing.close();
    }
  });
});

describe('the audit', () => {
  it('has a row for each reading, with key and address, and for the erasure', async () => {
    const { callId, end } = await saidCall();
    await end();
    const { recording } = await backend.calls.get(callId);
    await backend.calls.transcriptAs(callId, 'srt');
    await backend.calls.recording(callId);
    await real.request((recording.url ?? '').replace('http://127.0.0.1:18000', ''));
    real.clock.at += 10_000;
    for await (const event of backend.calls.live(callId)) expect(event.type).toBeTruthy();
    await backend.calls.eraseSensitiveData(callId);
    expect(await actions(callId)).toEqual([
      'sensitive_data_erased',
      'call_followed',
      'recording_read',
      'recording_link_read',
      'transcript_read',
      'call_read',
    ]);
    const rows = (await backend.privacy.listAudit({ call_id: callId })).data;
    const keys = new Set(rows.map(({ key_id }) => key_id));
    expect(keys.size).toBe(2);
    expect(keys).toContain(null);
    expect(rows.every(({ address }) => address !== null)).toBe(true);
    const erased = await backend.privacy.listAudit({ call_id: callId, action: 'call_read' });
    expect(erased.data).toHaveLength(1);
    const paged: string[] = [];
    for await (const { id } of backend.privacy.audit({ call_id: callId, limit: 2 })) paged.push(id);
    expect(paged).toEqual(rows.map(({ id }) => id));
    const unfiltered = await real.api('GET', `/v1/audit?call_id=${callId}&action=&key_id=,`);
    expect(unfiltered.body).toMatchObject({ data: rows });
    const odd = await real.api('GET', '/v1/audit?action=guessed');
    expect(odd).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('has a row for an export, with the columns', async () => {
    const path = '/v1/calls/export?format=ndjson&columns=id,metadata.plan';
    await (await real.request(path, { headers: real.secret })).text();
    const { data } = await backend.privacy.listAudit({ action: 'calls_exported' });
    expect(data[0]).toMatchObject({ call_id: null, detail: { columns: ['id', 'metadata.plan'] } });
  });
});

describe('how long things are kept', () => {
  it('is said by kind, and what is older goes, kind by kind', async () => {
    const { callId, end } = await saidCall();
    await end();
    expect((await backend.privacy.workspace()).retention).toEqual({
      recording_days: null,
      transcript_days: null,
      analysis_days: null,
      record_days: null,
    });
    await real.domain.eraseOld();
    expect(await backend.calls.get(callId)).toMatchObject({ recording: { status: 'available' } });
    const retention = { recording_days: 2, transcript_days: 5, record_days: 10 };
    await backend.privacy.updateWorkspace({ retention });
    real.clock.at += 3 * DAY_MS;
    await real.domain.eraseOld();
    const third = await backend.calls.get(callId);
    expect(third).toMatchObject({ recording: { status: 'erased' }, turn_count: 1 });
    real.clock.at += 3 * DAY_MS;
    await real.domain.eraseOld();
    const sixth = await backend.calls.get(callId);
    expect(sixth).toMatchObject({ transcript: [], sensitive_delete: false });
    expect(JSON.stringify(sixth)).not.toContain(SECRET);
    real.clock.at += 5 * DAY_MS;
    await real.domain.eraseOld();
    await expect(backend.calls.get(callId)).rejects.toMatchObject({ code: 'not_found' });
    const erased = await backend.privacy.listAudit({ call_id: callId, action: 'retention_erased' });
    expect(erased.data.map(({ detail }) => detail['part'])).toEqual([
      'record',
      'transcript',
      'recording',
    ]);
    const wrong = await real.api('PATCH', '/v1/workspace', { retention: { recording_days: 0 } });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });
});
