/** More than two in a room: everyone hears everyone who may be heard, also after a change of agent or a return. */
import { LeaveRequest_Action } from '@livekit/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { BrowserPeers, connect, inbound } from '../conformance/support/browser-peer.js';
import { startEmbedded } from './support/embedded-process.js';
import type { EmbeddedProcess } from './support/embedded-process.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { answers } from '../conformance/support/raw-offer.js';
import { OLDER, openSignal } from '../conformance/support/raw-socket.js';
import { joinToken } from '../conformance/support/tokens.js';

let server: EmbeddedProcess;
let browsers: BrowserPeers;

beforeAll(async () => {
  [server, browsers] = await Promise.all([startEmbedded(), BrowserPeers.start()]);
});

afterAll(async () => {
  await browsers?.close();
  await server?.stop();
});

test('five talk, each hears the other four: more sections than a client opens by itself', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const peers: NodePeer[] = [];
  for (const name of names) {
    const peer = await NodePeer.join(server.wsUrl, 'five', name);
    await peer.playTone(200 + 100 * peers.length);
    peers.push(peer);
  }
  for (const [index, peer] of peers.entries()) {
    const others = names.filter((_, other) => other !== index);
    await waitFor(() => others.every((name) => (peer.heard.get(name)?.level ?? 0) > 1000), {
      what: `everyone at ${names[index]}`,
    });
  }
  await Promise.all(peers.map((peer) => peer.leave()));
});

test('a listener hears both sides, is not heard, and a hidden one is not seen', async () => {
  const caller = await NodePeer.join(server.wsUrl, 'listen', 'caller');
  const agent = await NodePeer.join(server.wsUrl, 'listen', 'agent', { kind: 'agent' });
  await Promise.all([caller.playTone(300), agent.playTone(500)]);
  const listener = await NodePeer.join(server.wsUrl, 'listen', 'listener', {
    grant: { canPublish: false, hidden: true },
  });
  await waitFor(() => (listener.heard.get('caller')?.level ?? 0) > 1000, { what: 'the caller' });
  await waitFor(() => (listener.heard.get('agent')?.level ?? 0) > 1000, { what: 'the agent' });
  expect([...caller.room.remoteParticipants.keys()]).toEqual(['agent']);
  await Promise.all([caller.leave(), agent.leave(), listener.leave()]);
});

test('an older client that would take up its session is let in, and told to come anew', async () => {
  const socket = await openSignal(server, 'resume', 'caller', `${OLDER}&reconnect=1&sid=PA_former`);
  const heard = answers(socket);
  const leave = await waitFor(() => heard.find((one) => one.case === 'leave'));
  expect(heard.map((one) => one.case)).toEqual(['reconnect', 'leave']);
  expect(leave.value).toMatchObject({ action: LeaveRequest_Action.RECONNECT, canReconnect: true });
  socket.terminate();
});

test('a browser hears the next agent in the place of the one that left, five times over', async () => {
  const page = await browsers.open();
  await connect(page, server.wsUrl, await joinToken('relay', 'caller'));
  for (let turn = 0; turn < 5; turn += 1) {
    const name = `agent-${turn}`;
    const agent = await NodePeer.join(server.wsUrl, 'relay', name, { kind: 'agent' });
    await agent.playTone(440);
    await waitFor(async () => ((await inbound(page, name))?.totalAudioEnergy ?? 0) > 0.001, {
      what: `the sound of ${name}`,
    });
    await agent.leave();
  }
  const sections = await page.evaluate(
    `room.engine.pcManager.publisher.getTransceivers?.().length ?? 0`,
  );
  expect(sections).toBeLessThan(12);
  await page.close();
});
