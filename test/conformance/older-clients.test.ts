/** Clients that speak the protocol of two connections: one that they offer, for what they send, and one that they are offered. */
import { RoomEvent } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { BrowserPeers, connect, inbound } from './support/browser-peer.js';
import { FailingProxy } from './support/failing-proxy.js';
import { hear, hearEachOther } from './support/hear.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { RawWorker } from './support/raw-worker.js';
import { joinToken } from './support/tokens.js';

const TURNS = 4;

describeMediaServers('an older client', (server) => {
  let browsers: BrowserPeers;
  beforeAll(async () => {
    browsers = await BrowserPeers.start('livekit-client-2-16');
  });
  afterAll(() => browsers.close());

  /** A caller in a page, with its microphone on, and an agent of this day that plays a tone. */
  const meet = async (room: string, url = server().wsUrl) => {
    const agent = await NodePeer.join(server().wsUrl, room, 'agent', { kind: 'agent' });
    const page = await browsers.open();
    await connect(page, url, await joinToken(room, 'caller'));
    expect(await page.evaluate('room.engine.pcManager.subscriber !== undefined')).toBe(true);
    await agent.playTone(440);
    await hearEachOther(page, agent);
    return { agent, page };
  };

  test.concurrent('and an agent hear each other, and what they say and write passes', async () => {
    const { agent, page } = await meet('talk');
    await waitFor(() => page.evaluate(`seen.speakers.has('agent')`), { what: 'speaking levels' });
    // A busy machine may miss one of the first.
    expect((await inbound(page, 'agent'))?.packetsLost).toBeLessThanOrEqual(2);

    const writer = await agent.local.streamText({
      topic: 'lk.transcription',
      senderIdentity: 'caller',
      attributes: { 'lk.transcription_final': 'true' },
    });
    await writer.write('ä'.repeat(20_000));
    await writer.close();
    const heard = await waitFor(() => page.evaluate<{ text: string }>(`seen.texts[0]`));
    expect(heard).toMatchObject({ from: 'caller', topic: 'lk.transcription' });
    expect(heard.text).toHaveLength(20_000);
    await page.evaluate(`room.localParticipant.sendText('good day', { topic: 'lk.chat' })`);
    await waitFor(() => agent.texts.some((one) => one.text === 'good day'));

    const got: string[] = [];
    agent.room.on(RoomEvent.DataReceived, (bytes) => got.push(new TextDecoder().decode(bytes)));
    for (const reliable of [true, false]) {
      const sent = `data ${reliable}`;
      await agent.local.publishData(new TextEncoder().encode(sent), { reliable });
      await waitFor(() => page.evaluate(`seen.data.some((one) => one.text === '${sent}')`));
      await page.evaluate(
        `room.localParticipant.publishData(new TextEncoder().encode('${sent}'), { reliable: ${reliable} })`,
      );
      await waitFor(() => got.includes(sent));
    }

    await page.evaluate(`room.registerRpcMethod('add', async (call) => String(+call.payload + 1))`);
    const add = { destinationIdentity: 'caller', method: 'add', payload: '41' };
    expect(await agent.local.performRpc(add)).toBe('42');
    agent.local.registerRpcMethod('shout', (call) => Promise.resolve(call.payload.toUpperCase()));
    const shout = `{ destinationIdentity: 'agent', method: 'shout', payload: 'yes' }`;
    expect(await page.evaluate(`room.localParticipant.performRpc(${shout})`)).toBe('YES');

    await agent.local.setAttributes({ 'lk.agent.state': 'listening' });
    await waitFor(() => page.evaluate(`seen.attributes.agent?.['lk.agent.state'] === 'listening'`));
    await agent.leave();
    await waitFor(() => page.evaluate('room.remoteParticipants.size === 0'));
    await page.close();
  });

  test.concurrent(
    'is silent while it is muted, and when its microphone is taken back',
    async () => {
      const { agent, page } = await meet('mute');
      const level = () => agent.heard.get('caller')?.level ?? 0;
      await page.evaluate('room.localParticipant.setMicrophoneEnabled(false)');
      await waitFor(() => level() < 5, { what: 'silence' });
      await page.evaluate('room.localParticipant.setMicrophoneEnabled(true)');
      await waitFor(() => level() > 100, { what: 'sound again' });
      const published = () => agent.room.remoteParticipants.get('caller')?.trackPublications.size;
      await page.evaluate(`(async () => {
      const [publication] = room.localParticipant.trackPublications.values();
      await room.localParticipant.unpublishTrack(publication.track);
    })()`);
      await waitFor(() => published() === 0, { what: 'the end of the track' });
      agent.heard.delete('caller');
      await page.evaluate('room.localParticipant.setMicrophoneEnabled(true)');
      await waitFor(() => level() > 100, { what: 'the next track' });
      await agent.leave();
      await page.close();
    },
  );

  test.concurrent('hears what it asks for, and who comes after somebody has gone', async () => {
    const { agent, page } = await meet('turns');
    const choose = (isWanted: boolean) =>
      page.evaluate(`(() => {
        const [publication] = room.remoteParticipants.get('agent').trackPublications.values();
        publication.setSubscribed(${isWanted});
      })()`);
    await choose(false);
    await waitFor(async () => (await inbound(page, 'agent')) === null, { what: 'no track' });
    await choose(true);
    await hear(page, 'agent');
    await agent.leave();
    for (let turn = 0; turn < TURNS; turn += 1) {
      const name = `agent-${turn}`;
      const next = await NodePeer.join(server().wsUrl, 'turns', name, { kind: 'agent' });
      await next.playTone(440);
      await hear(page, name);
      await next.leave();
    }
    const sections = await page.evaluate(
      `room.engine.pcManager.subscriber._pc.getTransceivers().length`,
    );
    expect(sections).toBeLessThanOrEqual(3);
    await page.close();
  });

  test.concurrent('and another hear each other, and learn why they are removed', async () => {
    const [one, two] = [await browsers.open(), await browsers.open()];
    await connect(one, server().wsUrl, await joinToken('pair', 'one'));
    await connect(two, server().wsUrl, await joinToken('pair', 'two'));
    await hear(one, 'two');
    await hear(two, 'one');
    const api = new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);
    await api.removeParticipant('pair', 'one');
    await waitFor(() => one.evaluate(`seen.reason === 'PARTICIPANT_REMOVED'`), {
      timeoutMs: 30_000,
    });
    await waitFor(() => two.evaluate('room.remoteParticipants.size === 0'));
    const third = await browsers.open();
    await connect(third, server().wsUrl, await joinToken('pair', 'two'), false);
    await waitFor(() => two.evaluate(`seen.reason === 'DUPLICATE_IDENTITY'`));
    await api.deleteRoom('pair');
    await waitFor(() => third.evaluate(`seen.reason === 'ROOM_DELETED'`));
    await Promise.all([one, two, third].map((page) => page.close()));
  });

  test.concurrent('whose socket is cut comes back, and both hear each other again', async () => {
    const proxy = await FailingProxy.open(server());
    const { agent, page } = await meet('cut', proxy.url);
    proxy.cut();
    await waitFor(() => proxy.connections > 1);
    await waitFor(() => page.evaluate(`room.state === 'connected'`), { timeoutMs: 20_000 });
    await hearEachOther(page, agent);
    await agent.local.sendText('still here', { topic: 'chat' });
    await waitFor(() => page.evaluate(`seen.texts.some((one) => one.text === 'still here')`));
    expect([...agent.room.remoteParticipants.keys()]).toEqual(['caller']);
    await agent.leave();
    await page.close();
    await proxy.close();
  });

  test.concurrent('that chose a token without subscribing or publishing has its data', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'data', 'agent', { kind: 'agent' });
    const page = await browsers.open();
    const grant = { canPublish: false, canSubscribe: false, canPublishData: true };
    await connect(page, server().wsUrl, await joinToken('data', 'caller', { grant }), false);
    await waitFor(() => agent.room.remoteParticipants.has('caller'));
    await agent.local.sendText('hello', { topic: 'chat' });
    await waitFor(() => page.evaluate(`seen.texts.some((one) => one.text === 'hello')`));
    await page.evaluate(`room.localParticipant.sendText('good day', { topic: 'chat' })`);
    await waitFor(() => agent.texts.some((one) => one.text === 'good day'));
    await agent.leave();
    await page.close();
  });

  test.concurrent('has the agents of its token sent', async () => {
    const worker = await RawWorker.start(server(), { name: 'older' });
    const page = await browsers.open();
    const agents = [{ agentName: 'older', metadata: 'from the token' }];
    const token = await joinToken('sent', 'caller', { roomConfig: { agents } });
    await connect(page, server().wsUrl, token, false);
    expect((await worker.offered('sent')).metadata).toBe('from the token');
    worker.stop();
    await page.close();
  });
});
