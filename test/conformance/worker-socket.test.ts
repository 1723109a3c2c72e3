/** The worker socket: who is offered which job, with what, and what follows each answer, and no answer. */
import {
  JobStatus,
  JobType,
  ParticipantInfo,
  RegisterWorkerRequest,
  Room,
  RoomAgentDispatch,
  SimulateJobRequest,
  UpdateJobStatus,
} from '@livekit/protocol';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { afterEach, expect, test } from 'vitest';
import { askAgentAgain } from '../../server/livekit/agent-dispatch.js';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { closed, openSocket } from './support/raw-socket.js';
import { RawWorker, workerToken } from './support/raw-worker.js';
import type { RawWorkerOptions } from './support/raw-worker.js';

describeMediaServers('the worker socket', (server) => {
  const workers: RawWorker[] = [];
  const rooms = (): RoomServiceClient =>
    new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);
  const dispatches = (): AgentDispatchClient =>
    new AgentDispatchClient(server().httpUrl, API_KEY, API_SECRET);

  async function worker(options: RawWorkerOptions = {}): Promise<RawWorker> {
    const one = await RawWorker.start(server(), options);
    workers.push(one);
    return one;
  }

  afterEach(async () => {
    for (const one of workers.splice(0)) {
      one.stop();
      await closed(one.socket);
    }
  });

  test('a worker learns its id and the server, and its pings are answered', async () => {
    const one = await worker();
    expect(one.registered?.workerId).toMatch(/^AW_/);
    expect(one.registered?.serverInfo).toMatchObject({ version: '1.13.5', agentProtocol: 1 });
    one.send({ case: 'ping', value: { timestamp: 42n } as never });
    await waitFor(() => one.pongs[0] === 42n);
  });

  test('a job says for whom it is, and its token lets the agent in as itself', async () => {
    const one = await worker({
      answer: {
        participantIdentity: 'helper',
        participantName: 'Helper',
        participantMetadata: 'about me',
        participantAttributes: { mood: 'good' },
      },
    });
    const caller = await NodePeer.join(server().wsUrl, 'job', 'caller', {
      roomConfig: {
        metadata: 'room',
        agents: [{ agentName: 'raw', metadata: 'call 1', attributes: { a: 'b' } }],
      },
    });
    const { job, token } = await one.assigned('job');
    expect(job).toMatchObject({
      agentName: 'raw',
      metadata: 'call 1',
      attributes: { a: 'b' },
      room: { name: 'job', metadata: 'room' },
      state: { status: JobStatus.JS_RUNNING, workerId: one.registered?.workerId },
    });
    expect(job?.id).toMatch(/^AJ_/);
    expect(job?.dispatchId).toMatch(/^AD_/);
    const agent = await NodePeer.enter(server().wsUrl, token);
    const seen = await waitFor(() => caller.room.remoteParticipants.get('helper'));
    expect(seen).toMatchObject({
      name: 'Helper',
      metadata: 'about me',
      attributes: { mood: 'good', 'lk.agent_name': 'raw' },
    });
    const info = await rooms().getParticipant('job', 'helper');
    expect(info.kind).toBe(4);
    expect(info.permission).toMatchObject({ canPublish: true, canUpdateMetadata: true });
    const listed = await waitFor(
      async () => (await dispatches().listDispatch('job'))[0]?.state?.jobs[0],
      { what: 'the job in the list' },
    );
    expect(listed).toMatchObject({
      id: job?.id,
      state: { participantIdentity: 'helper', status: JobStatus.JS_RUNNING },
    });
    await Promise.all([caller.leave(), agent.leave()]);
  });

  test('the permissions that a worker allows itself are its agents’', async () => {
    const one = await worker({
      register: { allowedPermissions: { canSubscribe: true, canPublish: false, hidden: true } },
    });
    const caller = await NodePeer.join(server().wsUrl, 'quiet', 'caller');
    await dispatches().createDispatch('quiet', 'raw');
    const { token } = await one.assigned('quiet');
    const agent = await NodePeer.enter(server().wsUrl, token);
    const info = await rooms().getParticipant('quiet', agent.local.identity);
    expect(info.permission).toMatchObject({ canSubscribe: true, canPublish: false, hidden: true });
    expect(caller.room.remoteParticipants.size).toBe(0);
    await Promise.all([caller.leave(), agent.leave()]);
  });

  test('a job that one worker refuses, or dies over, is offered to the next; silence holds up that job only', async () => {
    const [refuses, dies, silent] = await Promise.all([
      worker({ answer: 'refuse' }),
      worker({ answer: 'die' }),
      worker({ answer: 'silence' }),
    ]);
    // The idle one is the last choice: its load leaves it next to nothing of the lot.
    const accepts = await worker();
    accepts.report(0.69);
    await rooms().createRoom({ name: 'refused' });
    for (let round = 0; round < 12; round += 1) await dispatches().createDispatch('refused', 'raw');
    // On a busy machine livekit-server gives a job up that it has offered in vain; the embedded one never does.
    const most = server().name === 'embedded' ? 12 : 9;
    await waitFor(() => accepts.assignments.length + silent.offers.length >= most, {
      what: 'every other job at the last',
    });
    for (const one of [refuses, dies, silent]) {
      expect(one.offers.length).toBeGreaterThan(0);
      expect(one.assignments).toEqual([]);
    }
  });

  test('a job that everyone refuses is offered once to each, and nobody gets it later', async () => {
    const both = await Promise.all([worker({ answer: 'refuse' }), worker({ answer: 'refuse' })]);
    // On a busy machine livekit-server gives a job up that it has offered in vain, and another is looked at.
    const names = server().name === 'embedded' ? ['nobody'] : ['nobody', 'nobody-2', 'nobody-3'];
    const wasAsked = (room: string) => both.every((one) => one.offersIn(room).length === 1);
    let caller: NodePeer | undefined;
    for (const name of names) {
      await caller?.leave();
      caller = await NodePeer.join(server().wsUrl, name, 'caller', {
        roomConfig: { agents: [{ agentName: 'raw' }] },
      });
      const isAsked = await waitFor(() => wasAsked(name), { what: 'both offers' }).catch(
        () => null,
      );
      if (isAsked) break;
    }
    expect(names.filter(wasAsked)).toHaveLength(1);
    const [room = ''] = names.filter(wasAsked);
    const late = await worker();
    const mark = await dispatches().createDispatch(room, 'raw');
    await waitFor(() => late.offers.length + late.assignments.length > 0, { what: 'the mark' });
    expect(late.offers.map((job) => job.dispatchId)).toEqual([mark.id]);
    expect(caller?.room.isConnected).toBe(true);
    await caller?.leave();
  });

  test('a caller whom no worker was there for gets one when the agent is asked for again, and one only', async () => {
    const config = { url: server().wsUrl, apiKey: API_KEY, apiSecret: API_SECRET };
    const caller = await NodePeer.join(server().wsUrl, 'forsaken', 'caller', {
      roomConfig: { agents: [{ agentName: 'raw', metadata: '{"call_id":"call_1"}' }] },
    });
    const isAsked = async () => (await askAgentAgain(config, 'forsaken')) === 'asked';
    // Somebody may have it who is not listed yet.
    expect(await askAgentAgain(config, 'forsaken')).toBe('unknown');
    await waitFor(isAsked, { what: 'the first request' });
    const first = await worker();
    const second = await worker();
    const both = () => [...first.assignments, ...second.assignments];
    // The embedded server keeps such a request until a worker is there.
    if (server().name !== 'embedded') {
      await waitFor(isAsked, { what: 'the second request' });
    }
    await waitFor(() => both().length > 0, { what: 'the job' });
    expect(both()[0]?.job).toMatchObject({ agentName: 'raw', metadata: '{"call_id":"call_1"}' });
    const jobs = async () =>
      (await dispatches().listDispatch('forsaken')).flatMap(({ state }) => state?.jobs ?? []);
    await waitFor(async () => (await jobs()).length > 0, { what: 'the job’s listing' });
    expect(await askAgentAgain(config, 'forsaken')).toBe('coming');
    expect([both().length, (await jobs()).length]).toEqual([1, 1]);
    await caller.leave();
  });

  test('a worker that says it is full, or is for another agent, is offered nothing', async () => {
    const [full, other, free] = await Promise.all([worker(), worker({ name: 'other' }), worker()]);
    full.report(0, true);
    full.send({ case: 'ping', value: { timestamp: 1n } as never });
    await waitFor(() => full.pongs.length === 1, { what: 'the report’s arrival' });
    await rooms().createRoom({ name: 'busy' });
    for (let round = 0; round < 6; round += 1) await dispatches().createDispatch('busy', 'raw');
    await waitFor(() => free.assignments.length === 6, { what: 'every job at the free one' });
    expect(full.offers.length + other.offers.length).toBe(0);
  });

  test('nothing is offered while every worker is at its target load or above', async () => {
    const busy = await worker();
    busy.report(0.7);
    busy.send({ case: 'ping', value: { timestamp: 1n } as never });
    await waitFor(() => busy.pongs.length === 1, { what: 'the report’s arrival' });
    await rooms().createRoom({ name: 'loaded' });
    await dispatches().createDispatch('loaded', 'raw');
    busy.report(0.69);
    busy.send({ case: 'ping', value: { timestamp: 2n } as never });
    await waitFor(() => busy.pongs.length === 2, { what: 'the next report’s arrival' });
    const mark = await dispatches().createDispatch('loaded', 'raw');
    await waitFor(() => busy.assignments.length > 0, { what: 'the mark' });
    expect(busy.offers.map((job) => job.dispatchId)).toEqual([mark.id]);
  });

  test('a dispatch without a worker stays without a job on livekit-server, and waits for one on ours', async () => {
    const waits = server().name === 'embedded';
    await rooms().createRoom({ name: 'empty', agents: [agent()] });
    const made = await dispatches().createDispatch('empty', 'raw', { metadata: 'm' });
    const late = await worker();
    const mark = await dispatches().createDispatch('empty', 'raw');
    const jobs = () => late.assignments.map(({ job }) => job?.dispatchId);
    await waitFor(() => jobs().includes(mark.id) && jobs().length === (waits ? 3 : 1), {
      what: 'the jobs',
    });
    expect(late.offers).toHaveLength(waits ? 3 : 1);
    expect(jobs().includes(made.id)).toBe(waits);
    const listed = await dispatches().getDispatch(made.id, 'empty');
    expect(listed).toMatchObject({ agentName: 'raw', metadata: 'm' });
    expect(listed?.state?.jobs).toHaveLength(waits ? 1 : 0);
  });

  test('a worker without a name gets each room that asked for nobody, and no other', async () => {
    const anyone = await worker({ name: '' });
    const named = await worker();
    const asked = await NodePeer.join(server().wsUrl, 'asked', 'caller', {
      roomConfig: { agents: [{ agentName: 'raw' }] },
    });
    await named.assigned('asked');
    const free = await NodePeer.join(server().wsUrl, 'free', 'caller');
    await anyone.assigned('free');
    await rooms().createRoom({ name: 'made' });
    await anyone.assigned('made');
    expect(anyone.offers.map((job) => job.room?.name).sort()).toEqual(['free', 'made']);
    expect(named.offers.map((job) => job.room?.name)).toEqual(['asked']);
    const [listed] = await dispatches().listDispatch('free');
    expect(listed).toMatchObject({ agentName: '', metadata: '' });
    await Promise.all([asked.leave(), free.leave()]);
  });

  test('a worker for publishers is sent to each who publishes, once, and not to agents', async () => {
    const one = await worker({ register: { type: JobType.JT_PUBLISHER } });
    const caller = await NodePeer.join(server().wsUrl, 'publishers', 'caller', {
      roomConfig: { agents: [{ agentName: 'raw', metadata: 'm' }] },
    });
    const quiet = await NodePeer.join(server().wsUrl, 'publishers', 'quiet');
    await caller.playTone(300);
    const { job, token } = await one.assigned('publishers');
    expect(job).toMatchObject({
      type: JobType.JT_PUBLISHER,
      metadata: 'm',
      participant: { identity: 'caller' },
    });
    const agent = await NodePeer.enter(server().wsUrl, token);
    await agent.playTone(500);
    await waitFor(() => (caller.heard.get(agent.local.identity)?.frames ?? 0) > 5);
    // Asked for later, it is sent to who had published before.
    const later = await dispatches().createDispatch('publishers', 'raw');
    await waitFor(() => one.offers.length > 1, { what: 'the second offer' });
    expect(one.offers.map((offer) => [offer.participant?.identity, offer.dispatchId])).toEqual([
      ['caller', job?.dispatchId],
      ['caller', later.id],
    ]);
    // livekit-server notes a job some seconds after it was assigned.
    await waitFor(
      async () => {
        const listed = await dispatches().getDispatch(job?.dispatchId ?? '', 'publishers');
        return listed?.state?.jobs[0]?.id === job?.id;
      },
      { what: 'the job in the list' },
    );
    await agent.leave();
    await waitFor(() => one.terminations.some((end) => end.jobId === job?.id), {
      what: 'the termination',
    });
    await Promise.all([caller.leave(), quiet.leave()]);
  });

  test('a worker for participants is sent to each who comes', async () => {
    const one = await worker({ register: { type: JobType.JT_PARTICIPANT } });
    const peers = [];
    for (const name of ['a', 'b']) {
      peers.push(
        await NodePeer.join(server().wsUrl, 'arrivals', name, {
          roomConfig: { agents: [{ agentName: 'raw' }] },
        }),
      );
    }
    await waitFor(() => one.assignments.length === 2, { what: 'both jobs' });
    const jobs = one.assignments.map((each) => [each.job?.type, each.job?.participant?.identity]);
    expect(jobs).toEqual([
      [JobType.JT_PARTICIPANT, 'a'],
      [JobType.JT_PARTICIPANT, 'b'],
    ]);
    await Promise.all(peers.map((peer) => peer.leave()));
  });

  test('each namespace of an agent gets a job of its own', async () => {
    const all = await Promise.all(
      ['', 'eu', 'eu', 'us'].map((namespace) => worker({ register: { namespace } })),
    );
    const other = await worker({ name: 'other', register: { namespace: 'asia' } });
    await rooms().createRoom({ name: 'spaces' });
    await dispatches().createDispatch('spaces', 'raw');
    const jobs = await waitFor(() => {
      const given = all.flatMap((one) => one.assignments);
      return given.length === 3 ? given.map((each) => each.job?.namespace).sort() : null;
    });
    expect(jobs).toEqual(['', 'eu', 'us']);
    expect(other.offers).toEqual([]);
  });

  test('a worker that sends itself into a room by hand is let in', async () => {
    const one = await worker();
    const value = new SimulateJobRequest({
      room: new Room({ name: 'by hand' }),
      participant: new ParticipantInfo({ identity: 'somebody' }),
    });
    one.send({ case: 'simulateJob', value });
    const { job, token } = await one.assigned('by hand');
    expect(job).toMatchObject({
      type: JobType.JT_PUBLISHER,
      participant: { identity: 'somebody' },
    });
    const agent = await NodePeer.enter(server().wsUrl, token);
    await agent.leave();
  });

  test('a job ends with its room, with its dispatch, and when its agent leaves', async () => {
    const one = await worker();
    await rooms().createRoom({ name: 'ending' });
    const ended = (id: string | undefined): Promise<unknown> =>
      waitFor(() => one.terminations.some((end) => end.jobId === id), { what: 'the termination' });

    const first = await dispatches().createDispatch('ending', 'raw');
    const { job } = await one.assigned('ending');
    await dispatches().deleteDispatch(first.id, 'ending');
    await ended(job?.id);
    expect(await dispatches().getDispatch(first.id, 'ending')).toBeUndefined();

    await dispatches().createDispatch('ending', 'raw');
    const second = await waitFor(() => one.assignments[1]);
    const caller = await NodePeer.join(server().wsUrl, 'ending', 'caller');
    const agent = await NodePeer.enter(server().wsUrl, second.token);
    await waitFor(() => caller.room.remoteParticipants.size === 1);
    await agent.leave();
    await ended(second.job?.id);

    await dispatches().createDispatch('ending', 'raw');
    const third = await waitFor(() => one.assignments[2]);
    const last = await NodePeer.enter(server().wsUrl, third.token);
    await rooms().deleteRoom('ending');
    await ended(third.job?.id);
    expect(await Promise.all([caller.disconnected, last.disconnected])).toEqual([5, 5]);
  });

  test('a job that its worker has ended is not ended again', async () => {
    const one = await worker();
    await rooms().createRoom({ name: 'done' });
    const made = await dispatches().createDispatch('done', 'raw');
    const { job } = await one.assigned('done');
    const value = new UpdateJobStatus({ jobId: job?.id ?? '', status: JobStatus.JS_SUCCESS });
    one.send({ case: 'updateJob', value });
    one.send({ case: 'ping', value: { timestamp: 7n } as never });
    await waitFor(() => one.pongs.length === 1);
    await dispatches().deleteDispatch(made.id, 'done');
    const marked = await dispatches().createDispatch('done', 'raw');
    const mark = await waitFor(() => one.assignments[1]);
    await dispatches().deleteDispatch(marked.id, 'done');
    await waitFor(() => one.terminations.length > 0);
    expect(one.terminations.map((end) => end.jobId)).toEqual([mark.job?.id]);
  });

  test('a worker that dies leaves its agent in the room; a new worker takes the next job', async () => {
    const one = await worker();
    const caller = await NodePeer.join(server().wsUrl, 'orphan', 'caller', {
      roomConfig: { agents: [{ agentName: 'raw' }] },
    });
    const { token } = await one.assigned('orphan');
    const agent = await NodePeer.enter(server().wsUrl, token);
    await waitFor(() => caller.room.remoteParticipants.size === 1);
    one.stop();
    await closed(one.socket);
    const next = await worker();
    await dispatches().createDispatch('orphan', 'raw');
    await next.assigned('orphan');
    expect(agent.room.isConnected).toBe(true);
    expect(caller.room.remoteParticipants.size).toBe(1);
    await Promise.all([caller.leave(), agent.leave()]);
  });

  test('a worker may speak JSON', async () => {
    const one = await worker({ json: true });
    await rooms().createRoom({ name: 'json', agents: [agent('x')] });
    expect((await one.assigned('json')).job?.metadata).toBe('x');
  });

  test.each([
    ['bytes of junk', Buffer.from('ffffffffff', 'hex')],
    ['text of junk', 'junk'],
    ['an empty message', Buffer.alloc(0)],
  ])('%s end the socket, and nothing else', async (_what, junk) => {
    const one = await worker();
    one.socket.send(junk);
    await closed(one.socket);
    const url = `${server().wsUrl}/agent?access_token=${await workerToken(server())}`;
    const unregistered = await openSocket(url);
    unregistered.send(junk);
    await closed(unregistered);
    const next = await worker();
    await rooms().createRoom({ name: 'after', agents: [agent()] });
    await next.assigned('after');
    await rooms().deleteRoom('after');
  });

  test('a worker that registers twice is sent away', async () => {
    const one = await worker();
    one.send({ case: 'register', value: new RegisterWorkerRequest({ agentName: 'again' }) });
    await closed(one.socket);
  });
});

function agent(metadata = ''): RoomAgentDispatch {
  return new RoomAgentDispatch({ agentName: 'raw', metadata });
}
