/** A call is followed while it goes on, resumed after a break, and its stream closes with how it ended. */
import { connect } from 'node:net';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackendClient } from '../../sdk/backend/index.js';
import { listen } from '../../server/http/listen/listen.js';
import { eventStream } from '../../server/http/request/event-stream.js';
import { FakeRoomListener } from '../fakes/fake-room-listener.js';
import { claimedCall } from '../support/claimed-call.js';
import { realApp } from '../support/real-app.js';
import { waitFor } from '../support/wait-for.js';
import type { Socket } from 'node:net';
import type { RealApp } from '../support/real-app.js';
import type { LiveCallEvent } from '../../sdk/backend/index.js';

let real: RealApp;
let backend: BackendClient;
const listener = new FakeRoomListener();
beforeAll(async () => {
  real = await realApp({}, { roomListener: listener });
  backend = new BackendClient({
    serverUrl: 'http://127.0.0.1:18000',
    secretKey: real.first.secret_key,
    fetch: (input, init) => Promise.resolve(real.app.fetch(new Request(input as string, init))),
  });
});
afterAll(() => real.close());

async function openCall() {
  const { callId, grant, jobToken } = await claimedCall(real);
  const caller = decodeJwt(grant.access_token).sub;
  await real.joinCaller(grant);
  let seq = 0;
  const headers = { authorization: `Bearer ${jobToken}` };
  return {
    callId,
    caller,
    room: real.roomOf(grant),
    say: (content: string) => {
      seq += 1;
      const at = real.clock.now().toISOString();
      const turn = { seq, type: 'turn', turn_id: `t${seq}`, role: 'user', content };
      const events = [{ ...turn, started_at: at, ended_at: at }];
      return real.api('POST', `/v1/agent-jobs/${callId}/events`, { events }, headers);
    },
    end: async () => {
      await real.api('POST', `/v1/web-calls/${callId}/terminate`, {});
      real.clock.at += 3_000;
    },
  };
}

/** Reads in the background. */
function follow(callId: string, lastEventId?: string) {
  const events: LiveCallEvent[] = [];
  const control = new AbortController();
  const options = { signal: control.signal, ...(lastEventId ? { lastEventId } : {}) };
  const done = (async () => {
    for await (const event of backend.calls.live(callId, options)) events.push(event);
  })();
  const said = () => events.flatMap((one) => (one.type === 'turn' ? [one.turn.content] : []));
  return { events, said, done, stop: () => control.abort() };
}

describe('a call that is followed', () => {
  it('tells its state, timeline, turns and words that still change, and ends with how it ended', async () => {
    const call = await openCall();
    await call.say('before');
    const { events, said, done } = follow(call.callId);
    await waitFor(() => said().includes('before'));
    await call.say('line\n\ndata: break \u2028 <b>');
    await waitFor(() => said().length === 2);
    await waitFor(() => listener.rooms.has(call.room));
    listener.hear(call.room, { speaker: call.caller ?? '', text: 'half a sen' });
    await waitFor(() => events.some(({ type }) => type === 'interim'));
    await call.end();
    await done;
    expect(said()).toEqual(['before', 'line\n\ndata: break \u2028 <b>']);
    expect(events[0]).toMatchObject({ type: 'state', status: 'initiated', id: null });
    expect(events.find(({ type }) => type === 'interim')).toMatchObject({
      role: 'user',
      text: 'half a sen',
      id: null,
    });
    const timeline = events.flatMap((one) => (one.type === 'timeline' ? [one.event] : []));
    const record = await real.readCall(call.callId);
    expect(timeline.map(({ id }) => id).sort()).toEqual(record.timeline.map(({ id }) => id).sort());
    expect(events.at(-1)).toMatchObject({
      type: 'ended',
      status: record.status,
      end_reason: 'terminated_by_api',
      turn_count: 2,
    });
    await waitFor(() => !listener.rooms.has(call.room));
  });

  it('is read on from the last event, without a gap or a repeat', async () => {
    const call = await openCall();
    await call.say('one');
    await call.say('two');
    const first = follow(call.callId);
    await waitFor(() => first.said().length === 2);
    first.stop();
    await expect(first.done).rejects.toThrow();
    const seen = first.events.filter(({ id }) => id !== null);
    const at = seen.findIndex((one) => one.type === 'turn' && one.turn.content === 'one');
    await call.say('three');
    const second = follow(call.callId, seen[at]?.id ?? '');
    await waitFor(() => second.said().length === 2);
    expect(second.said()).toEqual(['two', 'three']);
    expect(second.events.filter(({ type }) => type === 'timeline')).toEqual([]);
    await call.end();
    await second.done;
  });

  it('is told whole when it is over already, and to nobody else', async () => {
    const call = await openCall();
    await call.say('only');
    await call.end();
    const { said, done, events } = follow(call.callId);
    await done;
    expect(said()).toEqual(['only']);
    expect(events.at(-1)?.type).toBe('ended');
    const unknown = await real.api('GET', '/v1/calls/call_unknown/live');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const page = await real.api('GET', `/v1/calls/${call.callId}/live`, undefined, real.page);
    expect(page).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const odd = await real.api('GET', `/v1/calls/${call.callId}/live`, undefined, {
      ...real.secret,
      'last-event-id': 'x',
    });
    expect(odd).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('is followed by nobody whose key was revoked, from then on', async () => {
    const call = await openCall();
    const made = await real.api('POST', '/v1/api-keys', { name: 'leaver', kind: 'secret' });
    const { id, key } = made.body as { id: string; key: string };
    const headers = { authorization: `Bearer ${key}` };
    const answer = await real.request(`/v1/calls/${call.callId}/live`, { headers });
    expect(answer.status).toBe(200);
    await real.api('DELETE', `/v1/api-keys/${id}`);
    // It ends by itself, while the call goes on.
    expect(await answer.text()).not.toContain('event: ended');
    const again = await real.api('GET', `/v1/calls/${call.callId}/live`, undefined, headers);
    expect(again).toMatchObject({ status: 401, body: { code: 'key_revoked' } });
    await call.end();
  });

  it('is followed by ten at most, and by another when one of them has gone', async () => {
    const call = await openCall();
    const ten = Array.from({ length: 10 }, () => follow(call.callId));
    await waitFor(() => ten.every(({ events }) => events.length > 0));
    const eleventh = await real.api('GET', `/v1/calls/${call.callId}/live`);
    expect(eleventh).toMatchObject({ status: 409, body: { code: 'conflict' } });
    ten[0]?.stop();
    await ten[0]?.done.catch(() => undefined);
    const again = follow(call.callId);
    await waitFor(() => again.events.length > 0);
    await call.end();
    await Promise.all([again.done, ...ten.slice(1).map(({ done }) => done)]);
  });

  it('is followed by ten at most of those that come together, and by nobody who asks for the head only', async () => {
    const { callId } = await openCall();
    const one = async (method: string) =>
      real.request(`/v1/calls/${callId}/live`, { method, headers: real.secret });
    const ask = (times: number, method: string) =>
      Promise.all(Array.from({ length: times }, () => one(method)));
    const heads = await ask(10, 'HEAD');
    expect(heads.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const answers = await ask(13, 'GET');
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ status }) => status)).toEqual([409, 409, 409]);
    for (const { body } of answers) await body?.cancel();
  });
});

describe('a stream of events', () => {
  it('makes no more than is read, and drops whoever reads nothing', async () => {
    let made = 0;
    let aborted = false;
    async function* events() {
      await Promise.resolve();
      for (;;) yield { event: 'turn', id: String((made += 1)), data: { made } };
    }
    const reader = eventStream(events(), () => (aborted = true), { stalledMs: 100 }).getReader();
    await reader.read();
    await waitFor(() => aborted);
    expect(made).toBeLessThan(5);
    await expect(
      (async () => {
        for (;;) await reader.read();
      })(),
    ).rejects.toThrow('takes nothing');
  });

  it('is cut for whoever reads nothing of it, with little made and nothing held', async () => {
    const made = { events: 0, isOver: false };
    async function* events() {
      await Promise.resolve();
      const data = 'x'.repeat(100_000);
      for (;;) yield { event: 'turn', id: String((made.events += 1)), data };
    }
    let connection: Socket | null = null;
    const server = await listen({
      host: '127.0.0.1',
      port: 0,
      fetch: (_request, env) => {
        connection = (env as { incoming: { socket: Socket } }).incoming.socket;
        const over = () => (made.isOver = true);
        return new Response(eventStream(events(), over, { stalledMs: 300 }));
      },
    });
    const reader = connect(server.port, '127.0.0.1');
    reader.on('error', () => undefined).pause();
    try {
      reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
      await waitFor(() => made.isOver);
      await waitFor(() => connection?.destroyed);
      // What a connection's buffers hold.
      expect(made.events).toBeLessThan(200);
    } finally {
      reader.destroy();
      await server.close(0);
    }
  });

  it('says that it is alive while nothing happens', async () => {
    async function* nothing() {
      for (;;) yield await new Promise<null>((resolve) => setTimeout(resolve, 5, null));
    }
    const stream = eventStream(nothing(), () => undefined, { heartbeatMs: 20 });
    const { value } = await stream.getReader().read();
    expect(new TextDecoder().decode(value)).toMatch(/^:/);
  });
});
