/** Asking once more for an agent that nobody has come for. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { decodeJwt } from 'jose';
import { afterEach, expect, it } from 'vitest';
import { askAgentAgain } from '../../server/livekit/agent-dispatch.js';

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
  state: { jobs: [] as object[] },
};

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
      response.writeHead(status).end(JSON.stringify(method === 'ListDispatch' ? list : {}));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = { url: `ws://127.0.0.1:${port}`, apiKey: 'k', apiSecret: 's'.repeat(32) };
  return { asked, ask: () => askAgentAgain(config, 'r') };
}

it('asks for the same agent with the same words, and takes the former request back', async () => {
  const { asked, ask } = await having({ agent_dispatches: [dispatch] });
  expect(await ask()).toBe(true);
  const { agent_name, metadata, attributes, deployment } = dispatch;
  expect(asked).toEqual([
    ['ListDispatch', { room: 'r' }],
    ['DeleteDispatch', { room: 'r', dispatch_id: 'AD_1' }],
    ['CreateDispatch', { room: 'r', agent_name, metadata, attributes, deployment }],
  ]);
});

it('asks again where the worker that had the job has failed', async () => {
  const jobs = [{ id: 'AJ_1', state: { status: 'JS_FAILED' } }];
  const { ask } = await having({ agentDispatches: [{ ...dispatch, state: { jobs } }] });
  expect(await ask()).toBe(true);
});

it.each([
  ['where a worker has the job', { state: { jobs: [{ id: 'AJ_1', state: {} }] } }],
  ['where one runs it', { state: { jobs: [{ state: { status: 'JS_RUNNING' } }] } }],
  ['for an agent without a name, which comes to every room', { agent_name: '' }],
])('asks for nobody %s', async (_, changes) => {
  const { asked, ask } = await having({ agent_dispatches: [{ ...dispatch, ...changes }] });
  expect(await ask()).toBe(false);
  expect(asked).toHaveLength(1);
});

it('asks for nobody in a room that is gone, and tells what is no answer', async () => {
  const gone = await having({ code: 'not_found' }, 404);
  expect(await gone.ask()).toBe(false);
  server?.close();
  const odd = await having({ agent_dispatches: 'many' });
  await expect(odd.ask()).rejects.toMatchObject({ code: 'bad_answer' });
});
