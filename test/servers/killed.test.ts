/** One process that is killed in the middle of its work: what it has answered is kept, and what it has not is taken again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinToken } from '../conformance/support/tokens.js';
import { copyPgliteTemplate } from '../support/pglite-template.mjs';
import { roomOf } from './support/call-peer.js';
import { startLivekitStandIn } from './support/livekit-stand-in.js';
import { ask, printedKeys, startServer } from './support/server-process.js';
import { postHint, signHint } from './support/webhook.js';
import type { LivekitStandIn } from './support/livekit-stand-in.js';
import type { Answer, ServerProcess } from './support/server-process.js';

const HOME = 'http://127.0.0.1:18779';
const CALLS = 6;

let folder: string;
let livekit: LivekitStandIn;
let server: ServerProcess;
let key: string;
let agentId: string;

const start = async (): Promise<void> => {
  const env = { DATA_DIR: folder, LIVEKIT_URL: livekit.url, PUBLIC_URL: HOME };
  server = await startServer({ env });
};
const post = (path: string, body: unknown, headers?: Record<string, string>, token = key) =>
  ask(server.url, 'POST', path, { key: token, body, ...(headers ? { headers } : {}) });

/** A call whose caller has joined, and whose agent has claimed its job. */
async function claimed(): Promise<{ id: string; answer: () => Promise<Answer> }> {
  const { body: grant } = await post('/v1/web-calls', { agent_id: agentId });
  const id = String(grant['call_id']);
  const token = String(grant['access_token']);
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const { sub } = JSON.parse(claims) as { sub: string };
  const room = { name: roomOf(token) };
  // The room is there, whenever a process asks.
  livekit.rooms.set(room.name, [{ identity: sub }, { identity: 'agent-1', kind: 'AGENT' }]);
  const participant = { sid: `PA_${id}`, identity: sub };
  await postHint(server.url, await signHint({ event: 'participant_joined', room, participant }));
  const agent = await joinToken(room.name, 'agent-1', { kind: 'agent' });
  const { body: job } = await post(`/v1/agent-jobs/${id}/claim`, {}, {}, agent);
  const events = [{ seq: 1, type: 'answered', at: job['server_time'] }];
  const jobToken = String(job['job_token']);
  return { id, answer: () => post(`/v1/agent-jobs/${id}/events`, { events }, {}, jobToken) };
}

describe('a process that is killed', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dialnexa-killed-'));
    copyPgliteTemplate(folder);
    livekit = await startLivekitStandIn();
    await start();
    ({ secret: key } = printedKeys([server]));
    const page = await (await fetch(`${server.url}/`)).text();
    agentId = /agent_[A-Za-z0-9]+/.exec(page)?.[0] ?? '';
  });
  afterAll(async () => {
    await server?.stop();
    await livekit?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('between an answered call and its record loses neither, and keeps no Idempotency-Key', async () => {
    const calls = await Promise.all(Array.from({ length: CALLS }, claimed));
    const create = (n: number): Promise<Answer> =>
      post('/v1/web-calls', { agent_id: agentId }, { 'idempotency-key': `key-${n}` });
    const kills: Promise<unknown>[] = [];
    const unlessKilled = (asked: Promise<Answer>): Promise<Answer | null> =>
      asked.then(
        (answer) => {
          // As soon as one is answered, so that the others are somewhere in the middle.
          if (kills.length === 0) kills.push(server.stop('SIGKILL'));
          return answer;
        },
        () => null,
      );
    const keys = calls.map((_, n) => n);
    const [answered, created] = await Promise.all([
      Promise.all(calls.map(({ answer }) => unlessKilled(answer()))),
      Promise.all(keys.map((n) => unlessKilled(create(n)))),
    ]);
    await Promise.all(kills);
    expect([...answered, ...created]).toContain(null);

    await start();
    const read = async ({ id }: { id: string }) =>
      (await ask(server.url, 'GET', `/v1/calls/${id}`, { key })).body;
    const told = calls.filter((_, n) => answered[n]?.status === 200);
    for (const one of told) expect((await read(one))['status']).toBe('received');
    const began = Date.now();
    const again = await Promise.all(keys.map(create));
    expect(Date.now() - began).toBeLessThan(4_000);
    expect(again.map(({ status }) => status)).toEqual(keys.map(() => 201));
    keys.forEach((n) => {
      if (created[n]) expect(again[n]?.body).toEqual(created[n].body);
    });
    // Their agents tell it again, as long as nobody has answered them.
    const answers = await Promise.all(calls.map(({ answer }) => answer()));
    expect(answers.map(({ body }) => body)).toEqual(calls.map(() => ({ next_seq: 2 })));
    for (const one of calls) {
      const call = await read(one);
      expect(call).toMatchObject({ status: 'received', answered_at: expect.any(String) });
      const types = (call['timeline'] as { type: string }[]).map(({ type }) => type);
      expect(types.filter((type) => type === 'agent_answered')).toHaveLength(1);
    }
  });
});
