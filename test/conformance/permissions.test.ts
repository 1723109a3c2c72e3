/** What a participant may do, see and be seen doing, as its token or the room's administrator says. */
import { RoomEvent } from '@livekit/rtc-node';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { BrowserPeers, connect } from './support/browser-peer.js';
import { API_KEY, API_SECRET } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { openSignal } from './support/raw-socket.js';
import { joinToken } from './support/tokens.js';

describeMediaServers('permissions', (server) => {
  let browsers: BrowserPeers;
  beforeAll(async () => {
    browsers = await BrowserPeers.start();
  });
  afterAll(async () => {
    await browsers.close();
  });
  const api = (): RoomServiceClient => new RoomServiceClient(server().httpUrl, API_KEY, API_SECRET);

  test.concurrent('who may not change itself is told so, and nobody sees a change', async () => {
    const page = await browsers.open();
    const token = await joinToken('fixed', 'caller', { grant: { canUpdateOwnMetadata: false } });
    await connect(page, server().wsUrl, token, false);
    const agent = await NodePeer.join(server().wsUrl, 'fixed', 'agent');
    for (const change of [
      `setAttributes({ mood: 'fine' })`,
      `setMetadata('other')`,
      `setName('x')`,
    ]) {
      const outcome = await page.evaluate<string>(
        `room.localParticipant.${change}.then(() => 'done', (error) => error.reasonName)`,
      );
      expect([change, outcome]).toEqual([change, 'NOT_ALLOWED']);
    }
    const seen = agent.room.remoteParticipants.get('caller');
    expect(seen).toMatchObject({ name: 'caller', metadata: '', attributes: {} });
    await agent.leave();
    await page.close();
  });

  test.concurrent('details over the limit are refused, and the former stay', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('limits', 'caller'), false);
    await page.evaluate(`room.localParticipant.setAttributes({ mood: 'fine' })`);
    const outcome = await page.evaluate<string>(
      `room.localParticipant.setAttributes({ mood: 'x'.repeat(70_000) })
         .then(() => 'done', (error) => error.reasonName)`,
    );
    expect(outcome).toBe('LIMIT_EXCEEDED');
    const { attributes } = await api().getParticipant('limits', 'caller');
    expect(attributes).toEqual({ mood: 'fine' });
    await page.close();
  });

  test.concurrent('who may not publish is refused and heard by nobody', async () => {
    const page = await browsers.open();
    const token = await joinToken('mute', 'caller', { grant: { canPublish: false } });
    await connect(page, server().wsUrl, token, false);
    const outcome = await page.evaluate<string>(
      `room.localParticipant.setMicrophoneEnabled(true).then(() => 'done', (error) => error.name)`,
    );
    expect(outcome).toBe('PublishTrackError');
    expect((await api().getParticipant('mute', 'caller')).tracks).toEqual([]);
    await page.close();
  });

  test.concurrent('who may publish a microphone only cannot publish another source', async () => {
    const page = await browsers.open();
    const token = await joinToken('sources', 'caller', {
      grant: { canPublishSources: [2] },
    });
    await connect(page, server().wsUrl, token, true);
    const outcome = await page.evaluate<string>(
      `(async () => {
        const track = new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0];
        return room.localParticipant
          .publishTrack(track, { source: lk.Track.Source.ScreenShareAudio })
          .then(() => 'done', (error) => error.name);
      })()`,
    );
    expect(outcome).toBe('PublishTrackError');
    const { tracks } = await api().getParticipant('sources', 'caller');
    expect(tracks.map((track) => track.source)).toEqual([2]);
    await page.close();
  });

  test.concurrent('who may not subscribe sees the other and hears nothing', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'deaf', 'agent');
    await agent.playTone(440);
    const page = await browsers.open();
    const token = await joinToken('deaf', 'caller', { grant: { canSubscribe: false } });
    await connect(page, server().wsUrl, token, true);
    // Its own sound gets through: by then the agent's would have come too.
    await waitFor(() => (agent.heard.get('caller')?.frames ?? 0) > 50);
    expect(await page.evaluate(`room.remoteParticipants.has('agent')`)).toBe(true);
    expect(await subscribed(page, 'agent')).toBe(0);
    await agent.leave();
    await page.close();
  });

  test.concurrent(
    'who asks for a track as soon as it is connected hears it, every time',
    async () => {
      const speaker = await NodePeer.join(server().wsUrl, 'at once', 'speaker');
      await speaker.playTone(440);
      await waitFor(
        async () => (await api().getParticipant('at once', 'speaker')).tracks.length === 1,
      );
      for (let turn = 0; turn < 24; turn += 1) {
        const ear = await NodePeer.join(server().wsUrl, 'at once', `ear ${turn}`, {
          autoSubscribe: false,
        });
        ear.choose('speaker');
        await waitFor(() => (ear.heard.get('speaker')?.frames ?? 0) > 5, {
          what: `the speaker in turn ${turn}`,
          everyMs: 10,
        });
        await ear.leave();
      }
      await speaker.leave();
    },
    // A busy machine takes over three seconds for each.
    240_000,
  );

  test.concurrent(
    'a track of which no packet has come is there, and is heard when it starts',
    async () => {
      const ear = await NodePeer.join(server().wsUrl, 'silent', 'ear', { autoSubscribe: false });
      const page = await browsers.open();
      await connect(page, server().wsUrl, await joinToken('silent', 'caller'), false);
      await page.evaluate(`(async () => {
      window.sound = new AudioContext();
      await sound.suspend();
      const out = sound.createMediaStreamDestination();
      const tone = sound.createOscillator();
      tone.connect(out);
      tone.start();
      await room.localParticipant.publishTrack(out.stream.getAudioTracks()[0]);
    })()`);
      await waitFor(() => ear.room.remoteParticipants.get('caller')?.trackPublications.size === 1, {
        what: 'the track',
      });
      expect((await api().getParticipant('silent', 'caller')).tracks).toHaveLength(1);
      ear.choose('caller');
      await page.evaluate('sound.resume()');
      await waitFor(() => (ear.heard.get('caller')?.level ?? 0) > 1000, { what: 'its sound' });
      await Promise.all([ear.leave(), page.close()]);
    },
  );

  test.concurrent('only those whom a speaker admits hear it, also who comes later', async () => {
    const friend = await NodePeer.join(server().wsUrl, 'admitted', 'friend');
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('admitted', 'caller'), false);
    const admit = (everybody: boolean): Promise<unknown> =>
      page.evaluate(`room.localParticipant.setTrackSubscriptionPermissions(${everybody}, [
        { participantIdentity: 'friend', allowAll: true },
        { participantIdentity: 'late friend', allowAll: true },
      ])`);
    await admit(false);
    await page.evaluate(`room.localParticipant.setMicrophoneEnabled(true)`);
    const [stranger, late] = await Promise.all(
      ['stranger', 'late friend'].map((name) => NodePeer.join(server().wsUrl, 'admitted', name)),
    );
    for (const peer of [friend, late]) {
      await waitFor(() => (peer?.heard.get('caller')?.frames ?? 0) > 20, { what: 'the caller' });
    }
    expect(stranger?.heard.has('caller')).toBe(false);
    expect(stranger?.room.remoteParticipants.get('caller')?.trackPublications.size).toBe(1);
    await admit(true);
    await waitFor(() => (stranger?.heard.get('caller')?.frames ?? 0) > 20, {
      what: 'the caller at the stranger',
    });
    await Promise.all([friend.leave(), stranger?.leave(), late?.leave(), page.close()]);
  });

  test.concurrent(
    'a track that its receiver switches off comes no more, until it is on again',
    async () => {
      const agent = await NodePeer.join(server().wsUrl, 'switched', 'agent');
      await agent.playTone(440);
      const page = await browsers.open();
      await connect(page, server().wsUrl, await joinToken('switched', 'caller'), false);
      await waitFor(() => isComing(page), { what: 'the packets' });
      const turn = (on: boolean): Promise<unknown> =>
        page.evaluate(`room.remoteParticipants.get('agent').trackPublications.values().next().value
        .setEnabled(${on})`);
      await turn(false);
      await waitFor(async () => !(await isComing(page)), { what: 'the end of the packets' });
      expect(await subscribed(page, 'agent')).toBe(1);
      await turn(true);
      await waitFor(() => isComing(page), { what: 'the packets after it' });
      await Promise.all([agent.leave(), page.close()]);
    },
  );

  test.concurrent('who would send where it receives goes on receiving', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'both-ways', 'agent');
    await agent.playTone(440);
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('both-ways', 'caller'), false);
    await waitFor(() => isComing(page), { what: 'the packets' });
    await page.evaluate(`(async () => {
      const { pc } = room.engine.pcManager.publisher;
      globalThis.way = pc.getTransceivers().find((one) => one.currentDirection === 'recvonly');
      way.direction = 'sendrecv';
      await room.engine.negotiate();
    })()`);
    expect(await page.evaluate('way.currentDirection')).toMatch(/recv/);
    await waitFor(() => isComing(page), { what: 'the packets after it' });
    await Promise.all([agent.leave(), page.close()]);
  });

  test.concurrent('what a client says of its sound is known to everybody', async () => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('features', 'caller'), true);
    const sid = await waitFor(
      async () => (await api().getParticipant('features', 'caller')).tracks[0]?.sid,
    );
    await page.evaluate(`room.engine.client.sendUpdateLocalAudioTrack('${sid}', [3, 3, 4])`);
    await waitFor(async () => {
      const { tracks } = await api().getParticipant('features', 'caller');
      return String(tracks[0]?.audioFeatures) === '3,4';
    });
    await page.close();
  });

  test.concurrent('a hidden participant hears and is seen by nobody', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'hidden', 'agent');
    await agent.playTone(440);
    const ear = await NodePeer.join(server().wsUrl, 'hidden', 'ear', {
      grant: { hidden: true, canPublish: false },
    });
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('hidden', 'caller'), true);
    await waitFor(() => (ear.heard.get('agent')?.frames ?? 0) > 20);
    await waitFor(() => (ear.heard.get('caller')?.frames ?? 0) > 20);
    expect([...agent.room.remoteParticipants.keys()]).toEqual(['caller']);
    expect(await page.evaluate(`[...room.remoteParticipants.keys()]`)).toEqual(['agent']);
    const worker = await NodePeer.join(server().wsUrl, 'hidden', 'worker', { kind: 'agent' });
    await waitFor(async () => (await api().listParticipants('hidden')).length === 4);
    // The hidden one counts, an agent by its kind does not. livekit-server counts anew once a second.
    await waitFor(async () => (await api().listRooms(['hidden']))[0]?.numParticipants === 3);
    await Promise.all([agent.leave(), ear.leave(), worker.leave()]);
    await page.close();
  });

  test.concurrent('who joins is seen before its media is up, and gone when it goes', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'half', 'agent');
    const silent = await openSignal(server(), 'half', 'caller');
    await waitFor(() => agent.room.remoteParticipants.has('caller'), { what: 'the caller' });
    const late = await NodePeer.join(server().wsUrl, 'half', 'late');
    expect([...late.room.remoteParticipants.keys()].sort()).toEqual(['agent', 'caller']);
    silent.close();
    await waitFor(() => !agent.room.remoteParticipants.has('caller'), { what: 'its end' });
    await waitFor(() => !late.room.remoteParticipants.has('caller'), { what: 'its end for all' });
    await agent.leave();
    await late.leave();
  });

  test.concurrent('a microphone that is taken back is gone, and a new one is heard', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'again', 'agent');
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('again', 'caller'), true);
    await waitFor(() => (agent.heard.get('caller')?.frames ?? 0) > 20);
    const gone = new Promise((resolve) =>
      agent.room.once(RoomEvent.TrackUnpublished, (_track, who) => resolve(who.identity)),
    );
    const before = agent.heard.get('caller');
    await page.evaluate(`(async () => {
      const [publication] = room.localParticipant.trackPublications.values();
      await room.localParticipant.unpublishTrack(publication.track);
    })()`);
    expect(await gone).toBe('caller');
    await page.evaluate(`room.localParticipant.setMicrophoneEnabled(true)`);
    await waitFor(() => {
      const now = agent.heard.get('caller');
      return now !== before && (now?.frames ?? 0) > 20 && (now?.level ?? 0) > 100;
    });
    expect((await api().getParticipant('again', 'caller')).tracks).toHaveLength(1);
    await agent.leave();
    await page.close();
  });

  test.concurrent('rights that are taken away during a call end what they allowed', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'taken', 'agent');
    await agent.playTone(440);
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken('taken', 'caller'), true);
    await waitFor(() => (agent.heard.get('caller')?.frames ?? 0) > 20);
    await waitFor(async () => (await subscribed(page, 'agent')) === 1);
    const gone = new Promise((resolve) =>
      agent.room.once(RoomEvent.TrackUnpublished, (_track, who) => resolve(who.identity)),
    );
    await api().updateParticipant('taken', 'caller', {
      permission: { canPublish: false, canSubscribe: false, canPublishData: true },
    });
    expect(await gone).toBe('caller');
    await waitFor(async () => (await subscribed(page, 'agent')) === 0);
    expect(await page.evaluate(`room.localParticipant.permissions.canPublish`)).toBe(false);
    await waitFor(() => page.evaluate(`room.localParticipant.trackPublications.size === 0`), {
      what: 'the end of the track at its publisher',
    });
    await api().updateParticipant('taken', 'caller', {
      permission: { canPublish: true, canSubscribe: true, canPublishData: true },
    });
    await waitFor(async () => (await subscribed(page, 'agent')) === 1);
    await agent.leave();
    await page.close();
  });

  test.concurrent(
    'no packet comes from who may not publish any more, whatever it still sends',
    async () => {
      const agent = await NodePeer.join(server().wsUrl, 'packets', 'agent');
      const page = await browsers.open();
      await connect(page, server().wsUrl, await joinToken('packets', 'caller'), false);
      await agent.playTone(440);
      await waitFor(() => isComing(page), { what: 'the packets' });
      const permission = { canPublish: false, canSubscribe: true, canPublishData: true };
      await api().updateParticipant('packets', 'agent', { permission });
      await waitFor(async () => !(await isComing(page)), { what: 'the end of the packets' });
      await agent.leave();
      await page.close();
    },
  );

  test.concurrent.each<[string, number, (room: string) => Promise<unknown>]>([
    ['removed', 4, (room) => api().removeParticipant(room, 'agent')],
    ['deleted with its room', 5, (room) => api().deleteRoom(room)],
    ['replaced by its double', 2, (room) => NodePeer.join(server().wsUrl, room, 'agent')],
  ])('a node client that is %s learns it', async (name, reason, end) => {
    const room = `end ${name}`;
    const agent = await NodePeer.join(server().wsUrl, room, 'agent');
    await end(room);
    expect(await agent.disconnected).toBe(reason);
  });
});

/** Whether a track comes: a tone is fifty packets a second; a few more keep the connection alive. */
async function isComing(page: Page): Promise<boolean> {
  const before = await page.evaluate<number>('arrived()');
  await page.waitForTimeout(400);
  return (await page.evaluate<number>('arrived()')) - before > 12;
}

/** How many tracks of `identity` the page receives. */
function subscribed(page: Page, identity: string): Promise<number> {
  return page.evaluate(
    `[...room.remoteParticipants.get(${JSON.stringify(identity)}).trackPublications.values()]
       .filter((one) => one.isSubscribed).length`,
  );
}
