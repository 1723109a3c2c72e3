/** Callers who lose their socket or whose tab stands still come back, and both sides hear each other again. */
import { RoomEvent } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { BrowserPeers, connect } from './support/browser-peer.js';
import { FailingProxy } from './support/failing-proxy.js';
import { hearEachOther } from './support/hear.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { joinToken } from './support/tokens.js';

const STANDSTILL_MS = 9000;

describeMediaServers('reconnect', (server) => {
  let browsers: BrowserPeers;
  let frozen: BrowserPeers;
  beforeAll(async () => {
    [browsers, frozen] = await Promise.all([BrowserPeers.start(), BrowserPeers.start()]);
  });
  afterAll(async () => {
    await Promise.all([browsers.close(), frozen.close()]);
  });

  /** One room with a caller in a page, an agent that plays a tone, and a proxy before the caller. */
  const call = async (room: string, peers = browsers) => {
    const proxy = await FailingProxy.open(server());
    const agent = await NodePeer.join(server().wsUrl, room, 'agent');
    await agent.playTone(440);
    const events: string[] = [];
    agent.room.on(RoomEvent.ParticipantConnected, (who) => events.push(`came ${who.identity}`));
    agent.room.on(RoomEvent.ParticipantDisconnected, (who) => events.push(`left ${who.identity}`));
    const page = await peers.open();
    await connect(page, proxy.url, await joinToken(room, 'caller'));
    await hearEachOther(page, agent);
    events.length = 0;
    return { proxy, agent, page, events };
  };

  /** After the trouble: sound both ways, one caller and one agent, and no more events than documented. */
  const expectWhole = async (room: string, { agent, page, events }: Awaited<Called>) => {
    await waitFor(async () => (await state(page)) === 'connected', { timeoutMs: 20_000 });
    await hearEachOther(page, agent);
    const api = new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);
    const inside = (await api.listParticipants(room)).map((one) => one.identity).sort();
    expect(inside).toEqual(['agent', 'caller']);
    expect([[], ['left caller', 'came caller']]).toContainEqual(events);
    expect(agent.room.remoteParticipants.size).toBe(1);
    await agent.leave();
  };
  type Called = ReturnType<typeof call>;

  test.concurrent('a caller whose socket is cut', async () => {
    const called = await call('cut');
    called.proxy.cut();
    await waitFor(() => called.proxy.connections > 1);
    await expectWhole('cut', called);
    expect(await states(called.page)).toContain('signalReconnecting');
    await called.proxy.close();
  });

  test.concurrent('a node client whose socket is cut', async () => {
    const proxy = await FailingProxy.open(server());
    const other = await NodePeer.join(server().wsUrl, 'node-cut', 'other');
    const caller = await NodePeer.join(proxy.url, 'node-cut', 'caller');
    await Promise.all([other.playTone(440), caller.playTone(880)]);
    const hear = async () => {
      for (const [one, from] of [
        [other, 'caller'],
        [caller, 'other'],
      ] as const) {
        const before = one.heard.get(from)?.frames ?? 0;
        await waitFor(() => {
          const now = one.heard.get(from);
          return now && now.frames > before + 20 && now.level > 500;
        });
      }
    };
    await hear();
    const reconnected = new Promise((resolve) =>
      caller.room.once(RoomEvent.Reconnected, () => resolve(true)),
    );
    proxy.cut();
    expect(await reconnected).toBe(true);
    await hear();
    expect([...other.room.remoteParticipants.keys()]).toEqual(['caller']);
    await Promise.all([caller.leave(), other.leave()]);
    await proxy.close();
  });

  test.concurrent('a caller whose tab was frozen', async () => {
    const called = await call('frozen');
    const session = await called.page.context().newCDPSession(called.page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await new Promise((resolve) => setTimeout(resolve, STANDSTILL_MS));
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await expectWhole('frozen', called);
    await called.proxy.close();
  });

  test.concurrent('a caller whose whole page stood still, sound and all', async () => {
    const called = await call('stopped', frozen);
    const pids = await frozen.rendererIds();
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, STANDSTILL_MS));
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    await expectWhole('stopped', called);
    await called.proxy.close();
  });
});

function state(page: Page): Promise<string> {
  return page.evaluate('room.state');
}

function states(page: Page): Promise<string[]> {
  return page.evaluate('seen.states');
}
