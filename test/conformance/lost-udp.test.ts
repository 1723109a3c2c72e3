/** Datagrams between a caller and the server are lost for a while, as when a network changes. */
import { RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { BrowserPeers, connect, inbound } from './support/browser-peer.js';
import { hearEachOther } from './support/hear.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { RelayProxy } from './support/relay-proxy.js';
import { joinToken } from './support/tokens.js';

const RETURN_MS = 30_000;

let browsers: BrowserPeers;

beforeAll(async () => {
  browsers = await BrowserPeers.start();
});

afterAll(() => browsers?.close());

describeMediaServers('a caller whose datagrams are lost', (server) => {
  test('comes back by itself, hears and is heard, and is there once', async () => {
    const proxy = await RelayProxy.open(server().wsUrl);
    const agent = await NodePeer.join(server().wsUrl, 'lost', 'agent', { kind: 'agent' });
    await agent.playTone(440);
    const page = await browsers.open();
    await connect(page, proxy.url, await joinToken('lost', 'caller'));
    await hearEachOther(page, agent, RETURN_MS);
    const events: string[] = [];
    agent.room.on(RoomEvent.ParticipantConnected, (who) => events.push(`came ${who.identity}`));
    agent.room.on(RoomEvent.ParticipantDisconnected, (who) => events.push(`left ${who.identity}`));

    proxy.lose(true);
    await waitFor(() => page.evaluate(`room.state !== 'connected'`), {
      what: 'the loss in the page',
      timeoutMs: RETURN_MS,
    });
    proxy.lose(false);
    await waitFor(() => page.evaluate(`room.state === 'connected'`), {
      what: 'the return',
      timeoutMs: RETURN_MS,
    });
    await hearEachOther(page, agent, RETURN_MS);
    expect([[], ['left caller', 'came caller']]).toContainEqual(events);
    expect([...agent.room.remoteParticipants.keys()]).toEqual(['caller']);
    await Promise.all([agent.leave(), page.close()]);
    await proxy.close();
  });

  test('hears, once they come, the track that it has chosen before it was connected', async () => {
    const proxy = await RelayProxy.open(server().wsUrl);
    const agent = await NodePeer.join(server().wsUrl, 'early', 'agent', { kind: 'agent' });
    await agent.playTone(440);
    const page = await browsers.open();
    proxy.lose(true);
    const target = [proxy.url, await joinToken('early', 'caller')].map((one) =>
      JSON.stringify(one),
    );
    await page.evaluate(
      `void room.connect(${target.join()}, { autoSubscribe: false }).catch((error) => (seen.refused = error))`,
    );
    await waitFor(
      () =>
        page.evaluate(`(() => {
        const tracks = [...(room.remoteParticipants.get('agent')?.trackPublications.values() ?? [])];
        for (const track of tracks) track.setSubscribed(true);
        if (tracks.length !== 1) throw seen.refused ?? new Error(\`\${room.state} beside \${[...room.remoteParticipants.keys()]}\`);
        return true;
      })()`),
      { what: 'the track' },
    );
    // Answered in turn: by then the server has had the wish.
    await page.evaluate(`room.localParticipant.setAttributes({ asked: 'yes' })`);
    expect(await page.evaluate(`room.state`)).toBe('connecting');
    proxy.lose(false);
    await waitFor(async () => ((await inbound(page, 'agent'))?.totalAudioEnergy ?? 0) > 0.001, {
      what: 'the agent heard in the page',
    });
    await Promise.all([agent.leave(), page.close()]);
    await proxy.close();
  });
});
