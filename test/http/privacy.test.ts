/** What was said is erased by request and by age, nothing of it is left anywhere, and every reading has a row. */
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BackendClient } from '../../sdk/backend/index.js';
import { claimedCall } from '../support/claimed-call.js';
import { realApp } from '../support/real-app.js';
import { publishedAgent } from '../support/spoken-call.js';
import { waitFor } from '../support/wait-for.js';
import type { ObjectStore } from '../../server/domain/ports/object-store.js';
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
});
afterAll(() => real.close());

/** A call in which a name was said everywhere that a name can be. */
async function saidCall(more: object = {}) {
  const request = { agent_id: real.first.agent_id, ...more };
  const { callId, grant, jobToken } = await claimedCall(real, request);
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
    const page_url = `https://shop.example/${SECRET}?name=${SECRET}#${SECRET}`;
    const { callId, end, late, report } = await saidCall({ page_url });
    await expect(backend.calls.eraseSensitiveData(callId)).rejects.toMatchObject({
      code: 'conflict',
    });
    await end();
    const before = await backend.calls.get(callId);
    expect(JSON.stringify(before)).toContain(SECRET);
    expect(before.recording.status).toBe('available');
    expect(before.route.page_url).toBe(page_url);
    const file = before.recording.url ?? '';

    expect(await backend.calls.eraseSensitiveData(callId)).toEqual({
      call_id: callId,
      sensitive_delete: true,
      recording_removed: true,
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
      route: { ...before.route, page_url: null },
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
});

describe('the recording of an erased call', () => {
  /** An object store that may be down, and whose writes may be held up. */
  function objectStore() {
    const files = new Map<string, Uint8Array>();
    const state = { isDown: false, tried: 0, writing: 0, mayWrite: Promise.resolve() };
    const objects: ObjectStore = {
      write: async (name, _offset, bytes) => {
        state.writing += 1;
        await state.mayWrite;
        files.set(name, bytes);
      },
      size: (name) => Promise.resolve(files.get(name)?.byteLength ?? 0),
      read: (name, start, end) => {
        const bytes = files.get(name)?.slice(start, end + 1) ?? new Uint8Array(0);
        const pieces = Array.from({ length: 8 }, (_, n) => bytes.slice(n * 800, n * 800 + 800));
        return Promise.resolve(Readable.toWeb(Readable.from(pieces)) as ReadableStream<Uint8Array>);
      },
      remove: (name) => {
        state.tried += 1;
        if (state.isDown) return Promise.reject(new Error('down'));
        files.delete(name);
        return Promise.resolve();
      },
    };
    return { files, state, objects };
  }
  let at: RealApp;
  const { files, state, objects } = objectStore();
  beforeAll(async () => {
    const count = () => at.domain.countStored();
    const checks = () => Promise.resolve({});
    at = await realApp({ health: { count, checks, metricsToken: 'scrape' } }, { objects });
  });
  afterAll(() => at.close());
  beforeEach(() => Object.assign(state, { isDown: false, mayWrite: Promise.resolve() }));

  const failed = () => at.store.countFailedRemovals();
  const erase = (callId: string) => at.api('DELETE', `/v1/calls/${callId}/sensitive-data`);
  const upload = (callId: string, jobToken: string, seq = 0) =>
    at.request(`/v1/agent-jobs/${callId}/recording/${seq}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${jobToken}`,
        'content-type': 'audio/pcm',
        'x-sample-rate': '16000',
        'x-started-at': at.clock.now().toISOString(),
      },
      body: new Uint8Array(6_400).fill(1),
    });
  async function endedCall(isRecorded = true) {
    const { callId, grant, jobToken } = await claimedCall(at);
    await at.joinCaller(grant);
    if (isRecorded) await upload(callId, jobToken);
    at.clock.at += 1_000;
    await at.api('POST', `/v1/web-calls/${callId}/terminate`, {});
    return { callId, jobToken, name: `recordings/${callId}.pcm` };
  }

  it('is removed by the server itself when the object store is there again', async () => {
    const { callId, name } = await endedCall();
    state.isDown = true;
    const first = await erase(callId);
    expect(first).toEqual({
      status: 200,
      body: { call_id: callId, sensitive_delete: true, recording_removed: false },
    });
    expect((await at.readCall(callId)).recording).toMatchObject({ status: 'erased', url: null });
    const scrape = { headers: { authorization: 'Bearer scrape' } };
    expect(await (await at.request('/metrics', scrape)).text()).toContain(
      'dialnexa_failed_removals 1',
    );
    // With pauses that grow, and a word for the log each time.
    const tried = state.tried;
    await at.domain.eraseOld();
    expect(state.tried).toBe(tried);
    for (const [pauses, times] of [
      [10_000, 1],
      [10_000, 0],
      [10_000, 1],
    ] as const) {
      at.clock.at += pauses;
      const before = state.tried;
      const round = at.domain.eraseOld();
      if (times === 0) await round;
      else await expect(round).rejects.toMatchObject({ name: 'RemovalError' });
      expect(state.tried - before).toBe(times);
    }
    expect(files.has(name)).toBe(true);
    state.isDown = false;
    at.clock.at += DAY_MS;
    await at.domain.eraseOld();
    expect(files.has(name)).toBe(false);
    expect(await failed()).toBe(0);
    expect(await at.store.dueRemovals(at.clock.now(), 10)).toEqual([]);
    expect((await erase(callId)).body).toMatchObject({ recording_removed: true });
  });

  it('holds up nothing else that is as old, when it cannot be removed', async () => {
    const calls = [await endedCall(), await endedCall(), await endedCall(false)];
    const retention = { recording_days: 1, record_days: 3 };
    await at.api('PATCH', '/v1/workspace', { retention });
    state.isDown = true;
    at.clock.at += 2 * DAY_MS;
    await expect(at.domain.eraseOld()).rejects.toThrow('recordings of erased calls');
    for (const { callId } of calls.slice(0, 2)) {
      expect((await at.readCall(callId)).recording.status).toBe('erased');
    }
    // Nor does the record wait for it.
    at.clock.at += 2 * DAY_MS;
    await expect(at.domain.eraseOld()).rejects.toMatchObject({ name: 'RemovalError' });
    for (const { callId } of calls) {
      expect((await at.api('GET', `/v1/calls/${callId}`)).status).toBe(404);
    }
    expect(files.size).toBe(2);
    state.isDown = false;
    at.clock.at += DAY_MS;
    await at.domain.eraseOld();
    expect(files.size).toBe(0);
    await at.api('PATCH', '/v1/workspace', {
      retention: { recording_days: null, record_days: null },
    });
  });

  it.each([
    ['the object store is there', false],
    ['the object store is down by then', true],
  ])('goes although it was still being uploaded, when %s', async (_, isDown) => {
    const { callId, jobToken, name } = await endedCall(false);
    let write = (): void => undefined;
    state.mayWrite = new Promise((resolve) => (write = resolve));
    const before = state.writing;
    at.clock.at -= 500;
    const uploading = upload(callId, jobToken);
    await waitFor(() => state.writing > before);
    expect((await erase(callId)).body).toMatchObject({ recording_removed: true });
    state.isDown = isDown;
    write();
    expect((await uploading).status).toBe(200);
    expect(files.has(name)).toBe(isDown);
    state.isDown = false;
    at.clock.at += 60_000;
    await at.domain.eraseOld();
    expect(files.has(name)).toBe(false);
  });

  it('is no erased one where the call was only handed, meanwhile, to an agent that keeps nothing', async () => {
    const prompt = 'Hello';
    const quiet = await publishedAgent(at, { prompt, opt_out_sensitive_data_storage: true });
    const agents = [{ agent_id: quiet, description: 'Keeps nothing.' }];
    const handOver = { name: 'hand_over', description: 'Hands over.', config: { agents } };
    const functions = [{ type: 'call_transfer' as const, ...handOver }];
    const desk = await publishedAgent(at, { prompt, functions });
    const { callId, grant, jobToken } = await claimedCall(at, { agent_id: desk }, at.secret);
    const headers = { authorization: `Bearer ${jobToken}` };
    await at.joinCaller(grant);
    at.clock.at += 1_000;
    await upload(callId, jobToken);
    let write = (): void => undefined;
    state.mayWrite = new Promise((resolve) => (write = resolve));
    const before = state.writing;
    const uploading = upload(callId, jobToken, 1);
    await waitFor(() => state.writing > before);
    const path = `/v1/agent-jobs/${callId}`;
    const handed = await at.api('POST', `${path}/transfer`, { agent_id: quiet }, headers);
    expect(handed.status).toBe(200);
    write();
    expect((await uploading).status).toBe(200);
    expect(files.has(`recordings/${callId}.pcm`)).toBe(true);
    at.clock.at += 1_000;
    await at.api('POST', `${path}/outcome`, { end_reason: 'agent_disconnected' }, headers);
    // The header, and the first piece alone.
    expect((await at.readCall(callId)).recording).toMatchObject({
      status: 'available',
      bytes: 6_444,
    });
  });

  it('breaks off for whoever is fetching it', async () => {
    const { callId, jobToken } = await endedCall();
    const headers = { authorization: `Bearer ${jobToken}` };
    const outcome = { end_reason: 'agent_disconnected' };
    await at.api('POST', `/v1/agent-jobs/${callId}/outcome`, outcome, headers);
    const { url } = (await at.readCall(callId)).recording;
    const fetched = await at.request((url ?? '').replace('http://127.0.0.1:18000', ''));
    expect(fetched.status).toBe(200);
    const reader = (fetched.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await erase(callId);
    const since = performance.now();
    await waitFor(() => performance.now() - since > 150);
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow('erased');
  });

  it('goes although the server died while it was uploaded', async () => {
    const { callId, name } = await endedCall();
    await erase(callId);
    // What a process wrote of which nothing else is known.
    files.set(name, new Uint8Array(4));
    at.clock.at += 11 * 60_000;
    await at.domain.eraseOld();
    expect(files.has(name)).toBe(false);
  });
});

describe('an export that is read while', () => {
  const CALLS = 60;
  const ids: string[] = [];
  let at: RealApp;
  beforeAll(async () => {
    at = await realApp();
    for (let n = 0; n < CALLS; n += 1) {
      const { body } = await at.createCall();
      const ended_at = new Date((at.clock.at += 1_000));
      const changes = { ended_at, status: 'completed', summary: `${SECRET} ${n}.` } as const;
      await at.store.changeCall(body.call_id, () => ({ changes }));
      ids.unshift(body.call_id);
    }
  });
  afterAll(() => at.close());

  /** The beginning of it, and what comes after `meanwhile`, at least a moment later. */
  async function exported(key: object, columns: string, meanwhile: () => Promise<unknown>) {
    const path = `/v1/calls/export?format=ndjson&columns=${columns}`;
    const answer = await at.request(path, { headers: { ...key } });
    expect(answer.status).toBe(200);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    let text = new TextDecoder().decode(value);
    await meanwhile();
    const since = performance.now();
    await waitFor(() => performance.now() - since > 150);
    const rest = async () => {
      for (;;) {
        const next = await reader.read();
        if (next.done) return;
        text += new TextDecoder().decode(next.value);
      }
    };
    const fault = await rest().catch((error: unknown) => error);
    const rows = text.split('\n').filter(Boolean);
    return { fault, rows: rows.map((row) => JSON.parse(row) as Record<string, unknown>) };
  }

  it('a call is erased has nothing of its words, and every row once', async () => {
    const last = ids.at(-1) ?? '';
    const { fault, rows } = await exported(at.secret, 'id,summary', async () => {
      const erased = await at.api('DELETE', `/v1/calls/${last}/sensitive-data`);
      expect(erased.status).toBe(200);
    });
    expect(fault).toBeUndefined();
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(rows.filter(({ summary }) => summary === null)).toEqual([{ id: last, summary: null }]);
  });

  it('its key is revoked breaks off', async () => {
    const made = await at.api('POST', '/v1/api-keys', { name: 'leaver', kind: 'secret' });
    const { id, key } = made.body as { id: string; key: string };
    const bearer = { authorization: `Bearer ${key}` };
    const { fault, rows } = await exported(bearer, 'id,summary', () =>
      at.api('DELETE', `/v1/api-keys/${id}`),
    );
    expect(fault).toMatchObject({ code: 'key_revoked' });
    expect(rows.length).toBeLessThan(CALLS);
    expect(rows.map((row) => row['id'])).toEqual(ids.slice(0, rows.length));
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
