/** A real @livekit/agents worker is dispatched, joins, plays, and is let go. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.js';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET, exitOf, startEmbedded } from './support/embedded-process.js';
import type { EmbeddedProcess } from './support/embedded-process.js';
import { NodePeer } from './support/node-peer.js';
import { WebhookSink } from './support/webhook-sink.js';

const AGENT = fileURLToPath(new URL('./fixtures/tone-agent.mjs', import.meta.url));

let sink: WebhookSink;
let server: EmbeddedProcess;
let worker: ChildProcess;
let said = '';

beforeAll(async () => {
  sink = await WebhookSink.open();
  server = await startEmbedded({ EMBEDDED_WEBHOOK_URL: sink.url });
  worker = spawn(process.execPath, [AGENT, 'start'], {
    env: {
      ...process.env,
      LIVEKIT_URL: server.wsUrl,
      LIVEKIT_API_KEY: API_KEY,
      LIVEKIT_API_SECRET: API_SECRET,
      WORKER_PORT: String(await freePort()),
    },
  });
  worker.stdout?.on('data', (part) => (said += String(part)));
  await waitFor(() => server.output().includes('worker registered'), { timeoutMs: 30_000 });
});

afterAll(async () => {
  await exitOf(worker, 'SIGKILL');
  await server.stop();
  await sink.close();
});

test('a token with an agent brings it into the room, with its metadata, attributes and voice', async () => {
  const caller = await NodePeer.join(server.wsUrl, 'with-agent', 'caller', {
    roomConfig: {
      departureTimeout: 1,
      agents: [{ agentName: 'tone', metadata: '{"call_id":"call_1"}' }],
    },
  });
  await caller.playTone(300);
  const agent = await waitFor(() => [...caller.room.remoteParticipants.values()][0], {
    what: 'the agent',
    timeoutMs: 20_000,
  });
  await waitFor(() => (caller.heard.get(agent.identity)?.level ?? 0) > 1000, { what: 'its voice' });
  await waitFor(() => caller.texts.length > 0, { what: 'its text' });
  expect(caller.texts[0]?.text).toBe('{"call_id":"call_1"} for caller');
  expect(agent.attributes).toMatchObject({
    'lk.agent_name': 'tone',
    'lk.agent.state': 'speaking',
  });

  const dispatches = new AgentDispatchClient(server.httpUrl, API_KEY, API_SECRET);
  const job = await waitFor(async () => {
    const [dispatch] = await dispatches.listDispatch('with-agent');
    return dispatch?.agentName === 'tone' ? dispatch.state?.jobs[0] : null;
  });
  expect(job.state?.participantIdentity).toBe(agent.identity);

  await caller.leave();
  await waitFor(() => sink.story('with-agent').at(-1) === 'room_finished', { timeoutMs: 10_000 });
  await waitFor(() => said.includes('SHUTDOWN'), { what: 'the job ended', timeoutMs: 10_000 });
  const story = sink.story('with-agent');
  expect(story[0]).toBe('room_started');
  expect(story).toContain(`participant_joined ${agent.identity}`);
  expect(story.filter((line) => line.startsWith('track_published')).length).toBe(2);
  expect(story.indexOf('participant_left caller')).toBeGreaterThan(
    story.indexOf('participant_joined caller'),
  );
  const arrival = sink.events.find((event) => event.participant?.identity === agent.identity);
  expect(arrival?.participant?.kind).toBe(4);
  expect(sink.faults).toEqual([]);
  expect([...sink.contentTypes]).toEqual(['application/webhook+json']);
});

test('an agent may be sent into a running room, and deleting the room lets it go', async () => {
  const rooms = new RoomServiceClient(server.httpUrl, API_KEY, API_SECRET);
  const dispatches = new AgentDispatchClient(server.httpUrl, API_KEY, API_SECRET);
  const caller = await NodePeer.join(server.wsUrl, 'later', 'caller');
  const made = await dispatches.createDispatch('later', 'tone', { metadata: 'second' });
  await waitFor(() => caller.texts.some((one) => one.text === 'second for caller'), {
    what: 'the agent',
    timeoutMs: 20_000,
  });
  const job = await waitFor(
    async () => (await dispatches.getDispatch(made.id, 'later'))?.state?.jobs[0],
  );
  await rooms.deleteRoom('later');
  expect(await caller.disconnected).toBe(5);
  await waitFor(() => said.includes(`SHUTDOWN ${job.id}`), { what: 'the job ended' });
});

test('a dispatch without a worker leaves the caller alone, and a dead worker is forgotten', async () => {
  const caller = await NodePeer.join(server.wsUrl, 'alone', 'caller', {
    roomConfig: { agents: [{ agentName: 'nobody' }] },
  });
  await waitFor(() => /no worker for dispatch|not dispatching agent job/.test(server.output()));
  expect(caller.room.remoteParticipants.size).toBe(0);
  await caller.leave();
  worker.kill('SIGKILL');
  await waitFor(() =>
    /worker gone|worker disconnected|worker closed|deregistered/.test(server.output()),
  );
});
