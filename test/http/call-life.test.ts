/** A call's whole life through REST, webhooks and job reports, on a real database. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realApp } from '../support/real-app.js';
import type { AgentJob } from '../../sdk/wire/agent-job.js';
import type { AgentVersion } from '../../sdk/wire/agent.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

let events = 0;
const about = (
  grant: CreateWebCallResponse,
  event: string,
  who: 'caller' | 'agent',
  more = {},
) => ({
  event,
  id: `EV_${(events += 1)}`,
  room: { name: real.roomOf(grant) },
  participant:
    who === 'agent'
      ? { sid: 'PA_agent', identity: 'agent-1', kind: 'AGENT', ...more }
      : { sid: 'PA_caller', identity: decodeJwt(grant.access_token).sub, ...more },
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A call whose agent has answered. */
async function answeredCall() {
  const { body: grant } = await real.createCall();
  await real.webhook(about(grant, 'participant_joined', 'caller'));
  await real.webhook(about(grant, 'participant_joined', 'agent'));
  const token = await real.media.agentToken(real.roomOf(grant));
  const path = `/v1/agent-jobs/${grant.call_id}`;
  const claim = await real.api('POST', `${path}/claim`, {}, bearer(token));
  const job = claim.body as AgentJob;
  const at = real.clock.now().toISOString();
  const report = (list: object[]) =>
    real.api('POST', `${path}/events`, { events: list }, bearer(job.job_token));
  await report([{ seq: 1, type: 'answered', at }]);
  return { grant, job, path, report, at };
}

async function endCall(callId: string): Promise<void> {
  await real.api('POST', `/v1/web-calls/${callId}/terminate`, {});
}

/** Of `Calls are recorded.`, as `sha256sum` prints it. */
const TEXT_SHA256 = 'a724d7fe9df173a7e16f2ea6a242d887606d9c21b6794648ffe658a5833e721c';

describe('consent', () => {
  const accepted_at = '2019-01-01T12:00:00.000Z';
  const body = () => ({
    agent_id: real.first.agent_id,
    consent: { text: 'Calls are recorded.', version: '2', accepted_at },
  });

  it("of a visitor has the server's moment; the word of the visitor's clock stands apart", async () => {
    const { body: grant } = await real.createCall(body());
    expect((await real.readCall(grant.call_id)).consent).toEqual({
      text: 'Calls are recorded.',
      version: '2',
      text_sha256: TEXT_SHA256,
      accepted_at: real.clock.now().toISOString(),
      client_accepted_at: accepted_at,
    });
    await endCall(grant.call_id);
  });

  it('is a receipt of what was shown: its hash and language are on the record and in exports', async () => {
    const consent = { ...body().consent, text_sha256: TEXT_SHA256, locale: 'de-AT' };
    const { body: grant } = await real.createCall({ ...body(), consent });
    expect((await real.readCall(grant.call_id)).consent).toMatchObject({
      text_sha256: TEXT_SHA256,
      locale: 'de-AT',
    });
    const columns = 'id,consent.version,consent.text_sha256,consent.locale';
    const exported = await real.api(
      'GET',
      `/v1/calls/export?call_id=${grant.call_id}&format=ndjson&columns=${columns}`,
    );
    expect(Object.values(exported.body)).toEqual([grant.call_id, '2', TEXT_SHA256, 'de-AT']);
    await endCall(grant.call_id);
  });

  it.each([
    [
      'that of another text',
      'a'.repeat(64),
      'consent.text_sha256 is not the SHA-256 of consent.text.',
    ],
    ['no hash', 'x', 'consent.text_sha256: must be a SHA-256 as 64 small hexadecimal digits.'],
  ])('whose hash is %s is refused, and starts no call', async (_, text_sha256, message) => {
    const consent = { ...body().consent, text_sha256 };
    const { status, body: answer } = await real.createCall({ ...body(), consent });
    expect([status, answer]).toMatchObject([400, { code: 'validation_failed', message }]);
  });

  it('that a backend tells of was given when the backend says', async () => {
    const { body: grant } = await real.createCall(body(), real.secret);
    expect((await real.readCall(grant.call_id)).consent).toMatchObject({
      accepted_at,
      client_accepted_at: null,
    });
    await endCall(grant.call_id);
  });

  it('of an older record, which kept the word of the visitor only, is shown in the same way', async () => {
    const { body: grant } = await real.createCall(body());
    await real.store.changeCall(grant.call_id, () => ({
      changes: { consent: { text: 'Calls are recorded.', accepted_at } },
    }));
    const { consent, created_at } = await real.readCall(grant.call_id);
    expect(consent).toMatchObject({ accepted_at: created_at, client_accepted_at: accepted_at });
    expect(consent?.text_sha256).toBe(TEXT_SHA256);
    await endCall(grant.call_id);
  });
});

describe('a call', () => {
  it('that is typed only is one for its agent and on its record', async () => {
    const asked = [{ text_only: true }, { text_only: false }, {}];
    const agent = { agent_id: real.first.agent_id };
    for (const more of asked) {
      const { body: grant } = await real.createCall({ ...agent, ...more });
      const isWritten = more.text_only ?? false;
      const token = await real.media.agentToken(real.roomOf(grant));
      const path = `/v1/agent-jobs/${grant.call_id}/claim`;
      const { body: job } = await real.api('POST', path, {}, bearer(token));
      expect(job).toMatchObject({ text_only: isWritten });
      // For agents of others, which claim nothing.
      const { roomConfig } = decodeJwt<{ roomConfig: { agents: { metadata: string }[] } }>(
        grant.access_token,
      );
      const metadata = JSON.parse(roomConfig.agents[0]?.metadata ?? '') as unknown;
      const { call_id } = grant;
      expect(metadata).toEqual(isWritten ? { call_id, text_only: true } : { call_id });
      expect((await real.readCall(grant.call_id)).route.text_only).toBe(isWritten);
      await endCall(grant.call_id);
    }
    const { status, body: answer } = await real.createCall({ ...agent, text_only: 'yes' });
    expect([status, answer]).toMatchObject([400, { code: 'validation_failed' }]);
  });

  it('goes from grant to end, and its record explains it', async () => {
    const { grant, job, report, at } = await answeredCall();
    expect(job).toMatchObject({ call_id: grant.call_id, record: true });
    expect(job.settings.prompt).toBeTypeOf('string');
    const turn = {
      seq: 2,
      type: 'turn',
      turn_id: 't1',
      role: 'user',
      content: 'When are you open?',
      started_at: at,
      ended_at: at,
      providers: { transcriber: 'groq/whisper-large-v3-turbo', llm: null, voice: null },
    };
    const facts = ['We are open from nine to five.'];
    const answer = { ...turn, seq: 3, turn_id: 't2', role: 'agent', content: facts[0], facts };
    expect((await report([{ ...answer, facts: ['x'.repeat(501)] }])).status).toBe(400);
    expect((await report([turn])).body).toEqual({ next_seq: 3 });
    expect((await report([turn])).body).toEqual({ next_seq: 3 });
    expect((await report([answer])).body).toEqual({ next_seq: 4 });
    real.clock.at += 1_000;
    const ended = await real.api('POST', `/v1/web-calls/${grant.call_id}/terminate`, {});
    expect(ended.body).toMatchObject({ status: 'completed', end_reason: 'terminated_by_api' });
    const again = await real.api('POST', `/v1/web-calls/${grant.call_id}/terminate`, {});
    expect(again.body).toEqual(ended.body);
    expect(real.media.deleted).toContain(real.roomOf(grant));
    const call = await real.readCall(grant.call_id);
    expect(call.timeline.map((event) => event.status).filter(Boolean)).toEqual([
      'created',
      'initiated',
      'received',
      'completed',
    ]);
    expect(call.participants).toEqual([
      {
        role: 'caller',
        identity: decodeJwt(grant.access_token).sub,
        joined_at: call.started_at,
        left_at: call.ended_at,
      },
      { role: 'agent', identity: 'agent-1', joined_at: call.answered_at, left_at: call.ended_at },
    ]);
    const { role, content, providers } = turn;
    expect(call.transcript).toMatchObject([
      { role, content, providers, facts: null },
      { role: 'agent', facts },
    ]);
    expect(call.route).toMatchObject({ chosen_by: 'agent_id', api_key_kind: 'publishable' });
  });

  it('is over for whoever makes its room again after the end', async () => {
    const { grant } = await answeredCall();
    const room = real.roomOf(grant);
    await endCall(grant.call_id);
    const ended = await real.readCall(grant.call_id);
    const deletions = (): number => real.media.deleted.filter((name) => name === room).length;
    const before = deletions();
    // Its client was cut off when the room was deleted, and has come back with the same grant.
    real.media.rooms.set(room, []);
    real.media.down = true;
    await real.webhook(about(grant, 'participant_joined', 'caller', { sid: 'PA_again' }));
    expect(real.media.rooms.has(room)).toBe(true);
    real.media.down = false;
    await real.domain.closeDueCalls();
    expect(real.media.rooms.has(room)).toBe(false);
    expect(deletions()).toBe(before + 1);
    expect(await real.readCall(grant.call_id)).toEqual(ended);
    // Whoever joins on the socket alone is never heard to have joined.
    real.media.rooms.set(room, []);
    await real.webhook({ event: 'room_started', id: 'EV_again', room: { name: room } });
    expect(real.media.rooms.has(room)).toBe(false);
    expect(await real.readCall(grant.call_id)).toEqual(ended);
  });

  it('leaves alone what rooms others have on the same media server, but none of its own without a call', async () => {
    const { body: grant } = await real.createCall();
    const own = real.roomOf(grant);
    const forgotten = `${own.slice(0, 'call_room_'.length)}${'7'.repeat(21)}${own.slice('call_room_'.length + 21)}`;
    const foreign = [
      'standup',
      own.split('.')[0] ?? '',
      // Another installation with the same keys.
      own.replace(/ws_.*/, `ws_${'7'.repeat(21)}`),
      `${forgotten}x`,
      `x${forgotten}`,
    ];
    for (const name of [...foreign, own, forgotten]) {
      real.media.rooms.set(name, []);
      const started = { event: 'room_started', id: `EV_${name}`, room: { name } };
      expect(await real.webhook(started)).toBe(200);
    }
    expect(real.media.deleted.filter((name) => [...foreign, own].includes(name))).toEqual([]);
    expect(real.media.deleted).toContain(forgotten);
    real.media.down = true;
    const again = { event: 'room_started', id: 'EV_later', room: { name: forgotten } };
    expect(await real.webhook(again)).toBe(500);
    real.media.down = false;
  });

  it('takes webhooks doubled, late and about nobody, and is none the worse', async () => {
    const { grant } = await answeredCall();
    const left = about(grant, 'participant_left', 'caller', {
      disconnectReason: 'CLIENT_INITIATED',
    });
    expect(await real.webhook(left)).toBe(200);
    expect(await real.webhook(left)).toBe(200);
    const other = { ...left, id: 'EV_other', room: { name: 'call_room_of_nobody' } };
    expect(await real.webhook(other)).toBe(200);
    // A full reconnect: the same caller is back before the grace is over.
    await real.webhook(about(grant, 'participant_joined', 'caller', { sid: 'PA_caller2' }));
    real.clock.at += 10_000;
    await real.domain.closeDueCalls();
    expect((await real.readCall(grant.call_id)).status).toBe('received');
    // The old session's departure comes late: it is not this caller's.
    await real.webhook(
      about(grant, 'participant_left', 'caller', { disconnectReason: 'CLIENT_INITIATED' }),
    );
    real.clock.at += 10_000;
    await real.domain.closeDueCalls();
    expect((await real.readCall(grant.call_id)).status).toBe('received');
    await real.webhook(
      about(grant, 'participant_left', 'caller', {
        sid: 'PA_caller2',
        disconnectReason: 'CLIENT_INITIATED',
      }),
    );
    real.clock.at += 10_000;
    await real.domain.closeDueCalls();
    expect(await real.readCall(grant.call_id)).toMatchObject({
      status: 'completed',
      end_reason: 'user_disconnected',
    });
  });

  it('goes on when a second join takes the place of a first that had no connection yet', async () => {
    const { body: grant } = await real.createCall();
    const replaced = about(grant, 'participant_connection_aborted', 'caller', {
      sid: 'PA_replaced',
      disconnectReason: 'DUPLICATE_IDENTITY',
    });
    expect(await real.webhook(replaced)).toBe(200);
    expect(real.media.deleted).not.toContain(real.roomOf(grant));
    await real.webhook(about(grant, 'participant_joined', 'caller'));
    await real.webhook(about(grant, 'participant_joined', 'agent'));
    expect(await real.readCall(grant.call_id)).toMatchObject({
      status: 'received',
      end_reason: null,
    });
    await endCall(grant.call_id);

    const { body: lost } = await real.createCall();
    const gone = { disconnectReason: 'JOIN_FAILURE' };
    await real.webhook(about(lost, 'participant_connection_aborted', 'caller', gone));
    expect(await real.readCall(lost.call_id)).toMatchObject({
      status: 'failed',
      end_reason: 'network_failure',
    });
  });

  it('ends by its own token, and by no other', async () => {
    const one = await real.createCall();
    const two = await real.createCall();
    const path = `/v1/web-calls/${one.body.call_id}/terminate`;
    const wrong = await real.api('POST', path, { call_token: two.body.call_token }, {});
    expect(wrong).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
    const right = { call_token: one.body.call_token, reason: 'microphone_denied' };
    expect((await real.api('POST', path, right, {})).body).toMatchObject({
      end_reason: 'microphone_denied',
    });
    await endCall(two.body.call_id);
  });

  it('tells its own token how it ended, and nobody is ended by that', async () => {
    const one = await real.createCall();
    const two = await real.createCall();
    const path = `/v1/web-calls/${one.body.call_id}`;
    const read = (token: string) => real.api('GET', path, undefined, bearer(token));
    const open = { call_id: one.body.call_id, end_reason: null, ended_at: null };
    expect(await read(one.body.call_token)).toEqual({
      status: 200,
      body: { ...open, status: 'created' },
    });
    await real.webhook(about(one.body, 'participant_joined', 'caller'));
    // The room may be gone before the media server has told of it: reading concludes nothing.
    expect((await read(one.body.call_token)).body).toEqual({ ...open, status: 'initiated' });
    expect((await real.readCall(one.body.call_id)).status).toBe('initiated');
    for (const token of [two.body.call_token, one.body.access_token, real.first.secret_key]) {
      expect(await read(token)).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
    }
    await endCall(one.body.call_id);
    const { end_reason, ended_at, status } = await real.readCall(one.body.call_id);
    expect((await read(one.body.call_token)).body).toEqual({
      call_id: one.body.call_id,
      ...{ status, end_reason, ended_at },
    });
    expect(end_reason).toBe('terminated_by_api');
    await endCall(two.body.call_id);
  });

  it('has room for one agent, while it is open: a worker asks before it takes the job', async () => {
    const asks = async (
      { body: grant }: Awaited<ReturnType<typeof real.createCall>>,
      agent?: string,
    ) => {
      const token = await real.media.agentToken(real.roomOf(grant), agent);
      const path = `/v1/agent-jobs/${grant.call_id}`;
      const { status, body } = await real.api('GET', path, undefined, bearer(token));
      return [status, (body as { code?: string } | null)?.code];
    };
    const one = await real.createCall();
    const two = await real.createCall();
    expect(await asks(one)).toEqual([204, undefined]);
    // Asking is no claim: whoever is asked next may take it.
    expect(await asks(one)).toEqual([204, undefined]);
    const foreign = await real.media.agentToken(real.roomOf(two.body));
    for (const token of [foreign, one.body.access_token, 'x']) {
      const path = `/v1/agent-jobs/${one.body.call_id}`;
      const refused = await real.api('GET', path, undefined, bearer(token));
      expect(refused).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
    }
    const unknown = { ...one, body: { ...one.body, call_id: 'call_unknown' } };
    expect(await asks(unknown)).toEqual([401, 'token_invalid']);
    const token = await real.media.agentToken(real.roomOf(one.body));
    await real.api('POST', `/v1/agent-jobs/${one.body.call_id}/claim`, {}, bearer(token));
    expect(await asks(one, 'agent-2')).toEqual([409, 'conflict']);
    // Of a worker that died before its agent joined: the media server gives the same job to the next one.
    expect(await asks(one)).toEqual([204, undefined]);
    await endCall(one.body.call_id);
    expect(await asks(one)).toEqual([409, 'call_already_ended']);
    await endCall(two.body.call_id);
  });

  it('that nobody joins, or no agent answers, does not stay open', async () => {
    const nobody = await real.createCall();
    const lonely = await real.createCall();
    await real.webhook(about(lonely.body, 'participant_joined', 'caller'));
    real.clock.at += 16_000;
    await real.domain.closeDueCalls();
    expect(await real.readCall(lonely.body.call_id)).toMatchObject({
      status: 'no_answer',
      end_reason: 'agent_did_not_join',
    });
    real.clock.at += 130_000;
    await real.domain.closeDueCalls();
    expect(await real.readCall(nobody.body.call_id)).toMatchObject({
      status: 'cancelled',
      end_reason: 'caller_never_joined',
    });
  });
});

describe('refusals that leave no record', () => {
  const count = async () => {
    const { body } = await real.api('GET', '/v1/calls?limit=200');
    return (body as { data: unknown[] }).data.length;
  };

  it('names each', async () => {
    const before = await count();
    const agent_id = real.first.agent_id;
    const codes = async (body: object, headers: object = real.page) => {
      const answer = await real.createCall(body, headers);
      return [answer.status, answer.body.code];
    };
    expect(await codes({ agent_id: 'agent_nobody' })).toEqual([404, 'not_found']);
    expect(await codes({ agent_id, agent_version_number: 99 })).toEqual([404, 'not_found']);
    const versions = await real.api('GET', `/v1/agents/${agent_id}/versions`);
    const draft = (
      versions.body as { data: { version_number: number; is_published: boolean }[] }
    ).data
      .filter((version) => !version.is_published)
      .map((version) => version.version_number)[0];
    expect(await codes({ agent_id, agent_version_number: draft })).toEqual([
      422,
      'version_not_published',
    ]);
    expect(await codes({ agent_id }, { ...real.page, origin: 'https://evil.example' })).toEqual([
      403,
      'origin_not_allowed',
    ]);
    expect(await count()).toBe(before);
  });

  it('stops at the workspace’s limit', async () => {
    const grants: CreateWebCallResponse[] = [];
    const all = await Promise.all(Array.from({ length: 30 }, () => real.createCall()));
    for (const answer of all) if (answer.status === 201) grants.push(answer.body);
    const refused = all.filter((answer) => answer.status !== 201);
    expect(grants).toHaveLength(25);
    expect(refused.every((answer) => answer.body.code === 'capacity_reached')).toBe(true);
    for (const grant of grants) await endCall(grant.call_id);
  });
});

describe('a lying worker', () => {
  it('gets nothing with a token for another room, a caller’s token or an old one', async () => {
    const { grant, job, path } = await answeredCall();
    const other = await real.media.agentToken('call_room_other');
    const claim = (token: string) => real.api('POST', `${path}/claim`, {}, bearer(token));
    expect((await claim(other)).status).toBe(401);
    expect((await claim(grant.access_token)).status).toBe(401);
    const intruder = await real.media.agentToken(real.roomOf(grant), 'agent-2');
    expect((await claim(intruder)).status).toBe(409);
    const elsewhere = await answeredCall();
    const outcome = await real.api(
      'POST',
      `${elsewhere.path}/outcome`,
      { end_reason: 'agent_disconnected' },
      bearer(job.job_token),
    );
    expect(outcome.status).toBe(401);
    expect((await real.readCall(elsewhere.grant.call_id)).status).toBe('received');
    await endCall(grant.call_id);
    await endCall(elsewhere.grant.call_id);
    const own = await real.media.agentToken(real.roomOf(grant));
    expect(await claim(own)).toMatchObject({ status: 409, body: { code: 'call_already_ended' } });
  });
});

describe('recording', () => {
  it('grows by chunks, each once, and is read by its link', async () => {
    const { grant, job, path } = await answeredCall();
    const put = async (seq: number, fill: number) => {
      const answer = await real.request(`${path}/recording/${seq}`, {
        method: 'PUT',
        headers: {
          ...bearer(job.job_token),
          'content-type': 'audio/pcm',
          'x-sample-rate': '16000',
        },
        body: new Uint8Array(64_000).fill(fill),
      });
      return answer.status;
    };
    expect(await put(0, 1)).toBe(200);
    expect(await put(0, 9)).toBe(200);
    expect(await put(2, 9)).toBe(409);
    expect(await put(1, 2)).toBe(200);
    real.clock.at += 1_000;
    await endCall(grant.call_id);
    real.clock.at += 60_000;
    await real.domain.closeDueCalls();
    const { recording } = await real.readCall(grant.call_id);
    expect(recording).toMatchObject({ status: 'available', duration_ms: 2_000, bytes: 128_044 });
    const path2 = (recording.url ?? '').replace('http://127.0.0.1:18000', '');
    const answer = await real.request(path2, { headers: { range: 'bytes=64040-64047' } });
    expect(answer.status).toBe(206);
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
  });
});

describe('Idempotency-Key', () => {
  it('makes one call however often it is sent, and refuses another body', async () => {
    const headers = { ...real.page, 'idempotency-key': 'once' };
    const body = { agent_id: real.first.agent_id };
    const first = await real.createCall(body, headers);
    const again = await real.createCall(body, headers);
    expect(again.body).toEqual(first.body);
    const other = await real.createCall({ ...body, locale: 'de' }, headers);
    expect(other.body.code).toBe('idempotency_key_reused');
    await endCall(first.body.call_id);
  });
});

describe('keys', () => {
  it('are shown once, refused when revoked or expired, and never listed whole', async () => {
    const request = {
      name: 'Shop',
      kind: 'publishable',
      allowed_origins: ['https://shop.example'],
    };
    const made = await real.api('POST', '/v1/api-keys', request);
    expect(made.status).toBe(201);
    const { key, id } = made.body as { key: string; id: string };
    const from = { ...bearer(key), origin: 'https://shop.example' };
    const call = await real.createCall({ agent_id: real.first.agent_id }, from);
    expect(call.status).toBe(201);
    await endCall(call.body.call_id);
    const listed = JSON.stringify((await real.api('GET', '/v1/api-keys')).body);
    expect(listed).not.toContain(key);
    expect((await real.api('DELETE', `/v1/api-keys/${id}`)).status).toBe(200);
    expect((await real.createCall({ agent_id: real.first.agent_id }, from)).body.code).toBe(
      'key_revoked',
    );
    const soon = new Date(real.clock.at + 1_000).toISOString();
    const brief = await real.api('POST', '/v1/api-keys', { ...request, expires_at: soon });
    real.clock.at += 2_000;
    const late = { ...from, ...bearer((brief.body as { key: string }).key) };
    expect((await real.createCall({ agent_id: real.first.agent_id }, late)).body.code).toBe(
      'key_expired',
    );
    expect((await real.api('DELETE', '/v1/api-keys/key_none')).status).toBe(404);
  });
});

describe('agents', () => {
  it('are drafted, published, compared, and then never change', async () => {
    const made = await real.api('POST', '/v1/agents', { title: 'Shop' });
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };
    const publish = (n: number) => real.api('POST', `/v1/agents/${id}/versions/${n}/publish`, {});
    const demo = await real.api('GET', `/v1/agents/${real.first.agent_id}/versions/1`);
    const { dialogue } = (demo.body as AgentVersion).settings;
    const settings = { prompt: 'Sell shoes.', welcome_message: 'Hi', dialogue };
    const patched = await real.api('PATCH', `/v1/agents/${id}/versions/1`, { settings });
    expect(patched).toMatchObject({ status: 200, body: { settings } });
    const cloud = { settings: { llm: { provider: 'openai' } } };
    await real.api('PATCH', `/v1/agents/${id}`, cloud);
    expect(await publish(1)).toMatchObject({
      status: 422,
      body: { code: 'provider_not_configured' },
    });
    await real.api('PATCH', `/v1/agents/${id}`, { settings: { llm: { provider: 'offline' } } });
    const first = await publish(1);
    expect([first.status, first.body]).toEqual([
      200,
      expect.objectContaining({ is_published: true }),
    ]);
    expect((await publish(1)).body).toMatchObject({ code: 'version_immutable' });
    const frozen = await real.api('PATCH', `/v1/agents/${id}/versions/1`, { settings });
    expect(frozen.body).toMatchObject({ code: 'version_immutable' });
    await real.api('PATCH', `/v1/agents/${id}`, { settings: { prompt: 'Sell hats.' } });
    const diff = await real.api('GET', `/v1/agents/${id}/diff?from=1&to=2`);
    expect(diff.body).toEqual({
      from: 1,
      to: 2,
      changes: [{ path: 'prompt', before: 'Sell shoes.', after: 'Sell hats.' }],
    });
    expect((await real.api('GET', `/v1/agents/${id}/versions/7`)).status).toBe(404);
  });
});

describe('the log', () => {
  it('holds no key and no token of all this', () => {
    const all = real.log.join('');
    expect(all.length).toBeGreaterThan(1_000);
    expect(all).not.toMatch(/dnx_(pk|sk|call|job)_\w/);
    expect(all).not.toMatch(/eyJ\w+\./);
  });
});
