/** The unmodified livekit-client in Chromium, the ordinary ways of a call. */
import { RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RoomServiceClient } from 'livekit-server-sdk';
import { waitFor } from '../support/wait-for.js';
import { BrowserPeers, connect, inbound, uplink } from './support/browser-peer.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { joinToken } from './support/tokens.js';

let browsers: BrowserPeers;

beforeAll(async () => {
  browsers = await BrowserPeers.start();
});

afterAll(() => browsers?.close());

describeMediaServers('a browser', (server) => {
  const api = (): RoomServiceClient => new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);

  test('a browser and a Node agent hear each other, with nothing lost', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('talk', 'caller'));
    const agent = await NodePeer.join(server().wsUrl, 'talk', 'agent', { kind: 'agent' });
    const speakers = new Set<string>();
    agent.room.on(RoomEvent.ActiveSpeakersChanged, (all) => {
      for (const who of all) speakers.add(who.identity);
    });
    await agent.playTone(440);
    await waitFor(() => (agent.heard.get('caller')?.level ?? 0) > 100, {
      what: 'the caller heard',
    });
    const received = await waitFor(
      async () => {
        const stats = await inbound(page, 'agent');
        return stats && stats.packetsReceived > 100 && stats.totalAudioEnergy > 0.001
          ? stats
          : null;
      },
      { what: 'the agent heard', timeoutMs: 15_000 },
    );
    expect(received.packetsLost).toBe(0);
    expect(received.jitter).toBeLessThan(0.1);
    const isAgent = await page.evaluate(`room.remoteParticipants.get('agent').isAgent`);
    expect(isAgent).toBe(true);
    await waitFor(() => page.evaluate(`seen.speakers.has('agent')`), { what: 'speaking levels' });
    await waitFor(() => speakers.has('agent'), { what: 'its own level at the agent' });
    agent.fallSilent();
    await waitFor(() => page.evaluate(`!room.activeSpeakers.some((who) => who.isAgent)`), {
      what: 'the silence of the agent',
    });
    const sent = await waitFor(() => uplink(page), { what: 'a report on what the page sends' });
    expect(sent.packetsLost).toBe(0);
    await agent.leave();
    await page.close();
  });

  test('text, bytes, calls and attributes pass in both directions', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('words', 'caller'));
    const agent = await NodePeer.join(server().wsUrl, 'words', 'agent', { kind: 'agent' });
    await waitFor(() => page.evaluate(`room.remoteParticipants.has('agent')`));
    const long = 'ä'.repeat(40_000);
    await agent.local.sendText('hello', { topic: 'lk.chat' });
    await agent.local.sendText(long, { topic: 'chat', destinationIdentities: ['caller'] });
    await page.evaluate(`room.localParticipant.sendText('good day', { topic: 'chat' })`);
    await waitFor(() => page.evaluate(`seen.texts.length === 2`), { what: 'texts at the page' });
    const texts = await page.evaluate(`seen.texts.map((one) => [one.from, one.text.length])`);
    expect(texts).toEqual([
      ['agent', 5],
      ['agent', long.length],
    ]);
    const answer = await waitFor(() => agent.texts[0], { what: 'text at the agent' });
    expect(answer).toEqual({ from: 'caller', topic: 'chat', text: 'good day' });

    await page.evaluate(
      `room.registerRpcMethod('add', async (call) => String(Number(call.payload) + 1))`,
    );
    const sum = await agent.local.performRpc({
      destinationIdentity: 'caller',
      method: 'add',
      payload: '41',
    });
    expect(sum).toBe('42');
    agent.local.registerRpcMethod('shout', (call) => Promise.resolve(call.payload.toUpperCase()));
    const shouted = await page.evaluate(
      `room.localParticipant.performRpc({ destinationIdentity: 'agent', method: 'shout', payload: 'yes' })`,
    );
    expect(shouted).toBe('YES');

    await agent.local.setAttributes({ 'lk.agent.state': 'listening' });
    await waitFor(() => page.evaluate(`seen.attributes.agent?.['lk.agent.state'] === 'listening'`));
    await page.evaluate(`room.localParticipant.setAttributes({ mood: 'fine' })`);
    await waitFor(() => agent.room.remoteParticipants.get('caller')?.attributes['mood'] === 'fine');
    await agent.leave();
    await page.close();
  });

  test('an agent may speak for the user in a text stream, a caller may not', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('voices', 'caller'), false);
    const agent = await NodePeer.join(server().wsUrl, 'voices', 'agent', { kind: 'agent' });
    await waitFor(() => page.evaluate(`room.remoteParticipants.has('agent')`));
    const writer = await agent.local.streamText({
      topic: 'lk.transcription',
      senderIdentity: 'caller',
      attributes: { 'lk.transcription_final': 'true' },
    });
    await writer.write('what I said');
    await writer.close();
    const heard = await waitFor(() => page.evaluate(`seen.texts[0]`), { what: 'the transcript' });
    expect(heard).toEqual({ from: 'caller', topic: 'lk.transcription', text: 'what I said' });

    const liar = await NodePeer.join(server().wsUrl, 'voices', 'liar');
    await waitFor(() => liar.room.remoteParticipants.has('agent'));
    const lie = await liar.local.streamText({ topic: 'lk.chat', senderIdentity: 'caller' });
    await lie.write('what I never said');
    await lie.close();
    const [said] = await waitFor(() => (agent.texts.length > 0 ? agent.texts : null), {
      what: 'the lie',
    });
    expect(said).toEqual({ from: 'liar', topic: 'lk.chat', text: 'what I never said' });
    await liar.leave();
    await agent.leave();
    await page.close();
  });

  test('muting silences, unmuting restores', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('mute', 'caller'));
    const agent = await NodePeer.join(server().wsUrl, 'mute', 'agent', { kind: 'agent' });
    await waitFor(() => (agent.heard.get('caller')?.level ?? 0) > 100, { what: 'sound' });
    await page.evaluate(`room.localParticipant.setMicrophoneEnabled(false)`);
    await waitFor(() => (agent.heard.get('caller')?.level ?? 0) < 5, { what: 'silence' });
    await page.evaluate(`room.localParticipant.setMicrophoneEnabled(true)`);
    await waitFor(() => (agent.heard.get('caller')?.level ?? 0) > 100, { what: 'sound again' });
    await agent.leave();
    await page.close();
  });

  test('two browsers lose nothing of each other, though one was muted, by itself and by the API', async () => {
    const [one, two] = [await browsers.open(), await browsers.open()];
    await connect(one, server().wsUrl, await joinToken('pair', 'one'));
    await connect(two, server().wsUrl, await joinToken('pair', 'two'));
    const energy = async (): Promise<number> => (await inbound(two, 'one'))?.totalAudioEnergy ?? 0;
    await waitFor(async () => (await energy()) > 0.001, { what: 'the sound of one' });
    await one.evaluate(`room.localParticipant.setMicrophoneEnabled(false)`);
    await waitFor(() => two.evaluate(`isMuted('one')`), { what: 'the mute' });
    await expectSilence(energy);
    await one.evaluate(`room.localParticipant.setMicrophoneEnabled(true)`);
    const before = await energy();
    await waitFor(async () => (await energy()) > before + 0.001, { what: 'the sound again' });
    for (const [page, from] of [
      [one, 'two'],
      [two, 'one'],
    ] as const) {
      const stats = await waitFor(async () => {
        const now = await inbound(page, from);
        return now && now.packetsReceived > 100 ? now : null;
      });
      expect([from, stats.packetsLost]).toEqual([from, 0]);
    }

    const [track] = (await api().getParticipant('pair', 'one')).tracks;
    const sid = track?.sid ?? '';
    expect((await api().mutePublishedTrack('pair', 'one', sid, true)).muted).toBe(true);
    await waitFor(() => one.evaluate(`room.localParticipant.isMicrophoneEnabled === false`), {
      what: 'the mute at its publisher',
    });
    await waitFor(() => two.evaluate(`isMuted('one')`), { what: 'the mute by the API' });
    await expectSilence(energy);
    const unmuted = api().mutePublishedTrack('pair', 'one', sid, false);
    await expect(unmuted).rejects.toMatchObject({
      status: 412,
      message: expect.stringContaining('remote unmute not enabled') as string,
    });
    await one.close();
    await two.close();
  });

  test('removal, deletion and a second join with the same identity each say so', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('ends', 'caller'), false);
    await api().removeParticipant('ends', 'caller');
    await waitFor(() => page.evaluate(`seen.reason === 'PARTICIPANT_REMOVED'`));

    await connect(page, server().wsUrl, await joinToken('ends', 'caller'), false);
    const second = await browsers.open();
    await connect(second, server().wsUrl, await joinToken('ends', 'caller'), false);
    await waitFor(() => page.evaluate(`seen.reason === 'DUPLICATE_IDENTITY'`));
    await api().deleteRoom('ends');
    await waitFor(() => second.evaluate(`seen.reason === 'ROOM_DELETED'`));
    await page.close();
    await second.close();
  });

  test('a client whose socket is cut comes back by itself and is heard again', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('again', 'caller'));
    const agent = await NodePeer.join(server().wsUrl, 'again', 'agent', { kind: 'agent' });
    await agent.playTone(440);
    await waitFor(() => (agent.heard.get('caller')?.frames ?? 0) > 50, { what: 'sound' });
    await page.evaluate(`room.simulateScenario('signal-reconnect')`);
    await waitFor(() => page.evaluate(`/econnecting/.test(seen.states.join())`), {
      what: 'a loss',
    });
    await waitFor(() => page.evaluate(`room.state === 'connected'`), {
      what: 'the return',
      timeoutMs: 15_000,
    });
    const before = (await inbound(page, 'agent'))?.packetsReceived ?? 0;
    await waitFor(
      async () => ((await inbound(page, 'agent'))?.packetsReceived ?? 0) > before + 50,
      {
        what: 'sound after the return',
        timeoutMs: 15_000,
      },
    );
    const frames = agent.heard.get('caller')?.frames ?? 0;
    await waitFor(() => (agent.heard.get('caller')?.frames ?? 0) !== frames, { what: 'frames' });
    await waitFor(() => (agent.heard.get('caller')?.level ?? 0) > 100, { what: 'heard again' });
    await agent.leave();
    await page.close();
  });

  test('a crashed tab is declared gone', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('crash', 'caller'));
    const agent = await NodePeer.join(server().wsUrl, 'crash', 'agent', { kind: 'agent' });
    await waitFor(() => (agent.heard.get('caller')?.frames ?? 0) > 20, { what: 'sound' });
    page.goto('chrome://crash').catch(() => undefined);
    // Ours takes 6 s, livekit-server about 20.
    await waitFor(() => agent.room.remoteParticipants.size === 0, { timeoutMs: 25_000 });
    await agent.leave();
  });
});

/** No sound for as long as a word takes, once what was under way has arrived. */
async function expectSilence(energy: () => Promise<number>): Promise<void> {
  let last = -1;
  await waitFor(
    async () => {
      const former = last;
      last = await energy();
      return last - former < 1e-6 && former >= 0;
    },
    { what: 'silence', everyMs: 600 },
  );
}
