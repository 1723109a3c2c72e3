/** A room that was opened while no worker was there, as after a restart: it gets its agent when one comes. */
import { AgentDispatchClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NodePeer } from '../conformance/support/node-peer.js';
import { closed } from '../conformance/support/raw-socket.js';
import { RawWorker } from '../conformance/support/raw-worker.js';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET, startEmbedded } from './support/embedded-process.js';
import type { EmbeddedProcess } from './support/embedded-process.js';

let server: EmbeddedProcess & { apiKey: string; apiSecret: string };
beforeAll(async () => {
  server = { ...(await startEmbedded()), apiKey: API_KEY, apiSecret: API_SECRET };
});
afterAll(() => server.stop());

const joined = (room: string, agentName: string) =>
  NodePeer.join(server.wsUrl, room, 'caller', { roomConfig: { agents: [{ agentName }] } });

it('a worker that comes later gets the jobs of its name, once, but for rooms that are over', async () => {
  const dispatches = new AgentDispatchClient(server.httpUrl, server.apiKey, server.apiSecret);
  const waiting = await joined('waiting', 'raw');
  const other = await joined('other', 'another');
  const taken = await joined('taken back', 'raw');
  const [dispatch] = await dispatches.listDispatch('taken back');
  await dispatches.deleteDispatch(dispatch?.id ?? '', 'taken back');

  const first = await RawWorker.start(server);
  const { job, token } = await first.assigned('waiting');
  expect(job).toMatchObject({ agentName: 'raw', room: { name: 'waiting' } });
  const agent = await NodePeer.enter(server.wsUrl, token);
  const second = await RawWorker.start(server);
  const late = await RawWorker.start(server, { name: 'another' });
  await late.assigned('other');
  expect(first.offers.map((offer) => offer.room?.name)).toEqual(['waiting']);
  expect(second.offers).toEqual([]);

  for (const peer of [waiting, other, taken, agent]) await peer.leave();
  for (const worker of [first, second, late]) {
    worker.stop();
    await closed(worker.socket);
  }
});

it('a caller who is back finds the agent that was left to nobody while it was gone', async () => {
  const roomConfig = { agents: [{ agentName: 'raw' }], departureTimeout: 20 };
  const before = await RawWorker.start(server);
  const caller = await NodePeer.join(server.wsUrl, 'left empty', 'caller', { roomConfig });
  const { job } = await before.assigned('left empty');
  await caller.leave();
  before.stop();
  await closed(before.socket);
  const next = await RawWorker.start(server);
  const mark = await joined('mark of the next', 'raw');
  await next.assigned('mark of the next');
  expect(next.offersIn('left empty')).toEqual([]);
  const back = await NodePeer.join(server.wsUrl, 'left empty', 'caller', { roomConfig });
  const again = await next.assigned('left empty');
  expect(again.job?.id).toBe(job?.id);
  for (const peer of [mark, back]) await peer.leave();
  next.stop();
  await closed(next.socket);
});

it('a job whose worker dies before its agent is there is the next one’s, as the same agent', async () => {
  const alone = await RawWorker.start(server, { answer: 'die' });
  const caller = await joined('left', 'raw');
  await closed(alone.socket);
  const first = await RawWorker.start(server);
  const { job } = await first.assigned('left');
  first.stop();
  const second = await RawWorker.start(server);
  const again = await second.assigned('left');
  expect(again.job?.id).toBe(job?.id);
  expect(again.job?.state?.participantIdentity).toBe(job?.state?.participantIdentity);

  const other = await RawWorker.start(server, { answer: 'silence' });
  second.stop();
  other.accept(await other.offered('left'));
  const { token } = await other.assigned('left');
  const agent = await NodePeer.enter(server.wsUrl, token);
  await waitFor(() => caller.room.remoteParticipants.size === 1, { what: 'the agent' });
  other.stop();
  const late = await RawWorker.start(server);
  const mark = await joined('mark', 'raw');
  await late.assigned('mark');
  expect(late.offers.map((offer) => offer.room?.name)).toEqual(['mark']);

  for (const peer of [caller, agent, mark]) await peer.leave();
  late.stop();
  await closed(late.socket);
});
