/** Asking once more for an agent that nobody has come for. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { decodeJwt } from 'jose';
import { afterEach, expect, it } from 'vitest';
import { askAgentAgain } from '../../server/livekit/agent-dispatch.js';
import { listenOnLoopback } from '../support/listen-on-loopback.js';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

const dispatch = {
  id: 'AD_1',
  agent_name: 'dialnexa',
  room: 'r',
  metadata: '{"call_id":"call_1"}',
  attributes: { a: 'b' },
  deployment: '',
};
/** Nobody has its job, and it is six seconds old by LiveKit's clock, which is an hour ahead. */
const NOW = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000);
const stateOf = (jobs: object[] = [], ageMs = 6_000) => ({
  created_at: String(BigInt(NOW.getTime() - ageMs) * 1_000_000n),
  jobs,
});
const forsaken = { ...dispatch, state: stateOf() };

/** A LiveKit with these dispatches, and what it is asked to do. */
async function having(list: unknown, status = 200) {
  const asked: [string, unknown][] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const method = (request.url ?? '').replace('/twirp/livekit.AgentDispatchService/', '');
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      expect(decodeJwt(token).video).toEqual({ roomAdmin: true, room: 'r' });
      asked.push([method, JSON.parse(body)]);
      response.setHeader('date', NOW.toUTCString());
      response.writeHead(status).end(JSON.stringify(method === 'ListDispatch' ? list : {}));
    });
  });
  const config = { url: await listenOnLoopback(server), apiKey: 'k', apiSecret: 's'.repeat(32) };
  return { asked, ask: () => askAgentAgain(config, 'r') };
}

it('asks for the same agent with the same words, and takes the former request back', async () => {
  const { asked, ask } = await having({ agent_dispatches: [forsaken] });
  expect(await ask()).toBe('asked');
  const { agent_name, metadata, attributes, deployment } = dispatch;
  expect(asked).toEqual([
    ['ListDispatch', { room: 'r' }],
    ['CreateDispatch', { room: 'r', agent_name, metadata, attributes, deployment }],
    ['DeleteDispatch', { room: 'r', dispatch_id: 'AD_1' }],
  ]);
});

it.each(['JS_FAILED', 'JS_SUCCESS'])('asks again where the job has ended: %s', async (status) => {
  const jobs = [{ id: 'AJ_1', state: { status } }];
  const { ask } = await having({ agentDispatches: [{ ...dispatch, state: stateOf(jobs) }] });
  expect(await ask()).toBe('asked');
});

it.each([
  ['where a worker has the job', { state: stateOf([{ id: 'AJ_1', state: {} }]) }, 'coming'],
  ['where one runs it', { state: stateOf([{ state: { status: 'JS_RUNNING' } }]) }, 'coming'],
  ['while a worker may have it that is not listed yet', { state: stateOf([], 5_000) }, 'unknown'],
  ['where it is not known since when', { state: {} }, 'unknown'],
  ['for an agent without a name, which comes to every room', { agent_name: '' }, 'unknown'],
])('asks for nobody %s', async (_, changes, answer) => {
  const { asked, ask } = await having({ agent_dispatches: [{ ...forsaken, ...changes }] });
  expect(await ask()).toBe(answer);
  expect(asked).toHaveLength(1);
});

it('asks for nobody in a room that is gone, and tells what is no answer', async () => {
  const gone = await having({ code: 'not_found' }, 404);
  expect(await gone.ask()).toBe('unknown');
  server?.close();
  const odd = await having({ agent_dispatches: 'many' });
  await expect(odd.ask()).rejects.toMatchObject({ code: 'bad_answer' });
});
