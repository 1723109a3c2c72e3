/** Everything but sound: byte streams, data packets and remote calls, also those that cannot succeed. */
import { createHash, randomBytes } from 'node:crypto';
import { RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { waitFor } from '../support/wait-for.js';
import { BrowserPeers, connect } from './support/browser-peer.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { joinToken } from './support/tokens.js';
import type { TokenOptions } from './support/tokens.js';

const FILE_BYTES = 300_000;
const PACKETS = 200;

interface Packet {
  readonly text: string;
  readonly topic: string | undefined;
  readonly from: string | undefined;
}

describeMediaServers('data', (server) => {
  let browsers: BrowserPeers;
  beforeAll(async () => {
    browsers = await BrowserPeers.start();
  });
  afterAll(async () => {
    await browsers.close();
  });

  /** A caller in a page and an agent in Node, who know of each other. */
  const meet = async (
    room: string,
    caller: TokenOptions = {},
  ): Promise<{ page: Page; agent: NodePeer }> => {
    const page = await browsers.open();
    await connect(page, server().wsUrl, await joinToken(room, 'caller', caller), false);
    const agent = await NodePeer.join(server().wsUrl, room, 'agent', { kind: 'agent' });
    await waitFor(() => page.evaluate(`room.remoteParticipants.has('agent')`));
    await waitFor(() => agent.room.remoteParticipants.has('caller'));
    return { page, agent };
  };

  test.concurrent(
    'a file arrives whole in both directions, with its name and its kind',
    async () => {
      const { page, agent } = await meet('files');
      const file = randomBytes(FILE_BYTES);
      const digest = createHash('sha256').update(file).digest('hex');

      await page.evaluate(`room.registerByteStreamHandler('files', async (reader, from) => {
      const parts = await reader.readAll();
      const bytes = await new Blob(parts).arrayBuffer();
      const hash = await crypto.subtle.digest('SHA-256', bytes);
      window.received = {
        from: from.identity, name: reader.info.name, type: reader.info.mimeType,
        digest: [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
      };
    })`);
      const writer = await agent.local.streamBytes({
        name: 'noise.bin',
        topic: 'files',
        mimeType: 'application/x-noise',
        totalSize: FILE_BYTES,
      });
      await writer.write(file);
      await writer.close();
      const atPage = await waitFor(() => page.evaluate('window.received'), { what: 'the file' });
      expect(atPage).toEqual({
        from: 'agent',
        name: 'noise.bin',
        type: 'application/x-noise',
        digest,
      });

      const atAgent = new Promise((resolve) => {
        agent.room.registerByteStreamHandler('files', (reader, { identity }) => {
          void reader.readAll().then((parts) => {
            const hash = createHash('sha256');
            for (const part of parts) hash.update(part);
            const { name, mimeType } = reader.info;
            resolve({ from: identity, name, type: mimeType, digest: hash.digest('hex') });
          });
        });
      });
      await page.evaluate(`(async () => {
      const bytes = Uint8Array.from(atob(${JSON.stringify(file.toString('base64'))}),
        (one) => one.charCodeAt(0));
      const file = new File([bytes], 'back.bin', { type: 'application/x-noise' });
      await room.localParticipant.sendFile(file, { topic: 'files' });
    })()`);
      expect(await atAgent).toEqual({
        from: 'caller',
        name: 'back.bin',
        type: 'application/x-noise',
        digest,
      });
      await agent.leave();
      await page.close();
    },
  );

  test.concurrent(
    'reliable packets arrive all and in order, only where they are sent to',
    async () => {
      const room = 'packets';
      const { page, agent } = await meet(room);
      const third = await NodePeer.join(server().wsUrl, room, 'third');
      const seen = new Map([
        ['agent', collect(agent)],
        ['third', collect(third)],
      ]);
      await waitFor(() => page.evaluate(`room.remoteParticipants.has('third')`));
      await page.evaluate(`(async () => {
      for (let i = 0; i < ${PACKETS}; i += 1) {
        await room.localParticipant.publishData(new TextEncoder().encode(String(i)),
          { reliable: true, topic: 'count', destinationIdentities: ['agent'] });
      }
      await room.localParticipant.publishData(new TextEncoder().encode('all'), { reliable: true });
    })()`);
      await waitFor(() => seen.get('agent')?.some((one) => one.text === 'all'));
      await waitFor(() => seen.get('third')?.some((one) => one.text === 'all'));
      const counted = Array.from({ length: PACKETS }, (_, i) => String(i));
      expect(seen.get('agent')?.map((one) => one.text)).toEqual([...counted, 'all']);
      expect(seen.get('agent')?.[0]).toEqual({ text: '0', topic: 'count', from: 'caller' });
      expect(seen.get('third')?.map((one) => one.text)).toEqual(['all']);
      expect(await page.evaluate('seen.data')).toEqual([]);
      await Promise.all([agent.leave(), third.leave()]);
      await page.close();
    },
  );

  test.concurrent('text that is sent to a caller the moment it comes arrives', async () => {
    const agent = await NodePeer.join(server().wsUrl, 'early', 'agent', { kind: 'agent' });
    agent.room.on(RoomEvent.ParticipantConnected, (who) => {
      const options = { topic: 'lk.chat', destinationIdentities: [who.identity] };
      void agent.local.sendText(`welcome ${who.identity}`, options);
    });
    const page = await browsers.open();
    for (let round = 0; round < 4; round += 1) {
      await connect(page, server().wsUrl, await joinToken('early', `caller-${round}`), false);
      await waitFor(() => page.evaluate(`seen.texts.length === ${round + 1}`), {
        what: `the welcome of round ${round}`,
      });
      await page.evaluate('room.disconnect()');
    }
    expect(await page.evaluate('seen.texts.map((one) => one.text)')).toEqual(
      [0, 1, 2, 3].map((round) => `welcome caller-${round}`),
    );
    await agent.leave();
    await page.close();
  });

  test.concurrent('junk on a data channel is passed over, and what follows arrives', async () => {
    const { page, agent } = await meet('junk');
    const seen = collect(agent);
    await page.evaluate(
      `room.localParticipant.publishData(new Uint8Array([65]), { reliable: true })`,
    );
    await waitFor(() => seen.length === 1, { what: 'the packet before the junk' });
    await page.evaluate(`(() => {
      const channel = room.engine.dataChannelForKind(0);
      const random = crypto.getRandomValues(new Uint8Array(500));
      for (const junk of [new Uint8Array([255, 255, 255]), new Uint8Array(10), random]) channel.send(junk);
      channel.send('text');
    })()`);
    await page.evaluate(
      `room.localParticipant.publishData(new Uint8Array([66]), { reliable: true })`,
    );
    await waitFor(() => seen.length === 2, { what: 'the packet after the junk' });
    expect(seen.map((one) => one.text)).toEqual(['A', 'B']);
    await agent.leave();
    await page.close();
  });

  test.concurrent('lossy packets arrive as well, over their own channel', async () => {
    const { page, agent } = await meet('lossy');
    await agent.local.publishData(new TextEncoder().encode('quick'), {
      reliable: false,
      topic: 'level',
    });
    await waitFor(() => page.evaluate('seen.data.length > 0'));
    expect(await page.evaluate('seen.data')).toEqual([
      { text: 'quick', topic: 'level', from: 'agent' },
    ]);
    await agent.leave();
    await page.close();
  });

  test.concurrent('bytes on a channel of a name of its own arrive as data', async () => {
    const { page, agent } = await meet('own-channel');
    const seen = collect(agent);
    await page.evaluate(`(() => {
      const channel = room.engine.pcManager.publisher.createDataChannel('own', { ordered: true });
      channel.onopen = () => channel.send(new Uint8Array([79, 87, 78]));
    })()`);
    await waitFor(() => seen.length > 0, { what: 'the bytes' });
    expect(seen).toMatchObject([{ text: 'OWN' }]);
    await agent.leave();
    await page.close();
  });

  test.concurrent('who may not send data is not heard, and still hears', async () => {
    const { page, agent } = await meet('dumb', { grant: { canPublishData: false } });
    const seen = collect(agent);
    await page.evaluate(
      `room.localParticipant.publishData(new TextEncoder().encode('no'), { reliable: true })
         .catch(() => undefined)`,
    );
    await agent.local.publishData(new TextEncoder().encode('yes'), { reliable: true });
    await waitFor(() => page.evaluate('seen.data.length > 0'));
    expect(seen).toEqual([]);
    await agent.leave();
    await page.close();
  });

  test.concurrent('remote calls that cannot succeed say why, long ones arrive', async () => {
    const { page, agent } = await meet('calls');
    await page.evaluate(`(() => {
      room.registerRpcMethod('refuse', async () => { throw new lk.RpcError(77, 'not today', 'why'); });
      room.registerRpcMethod('break', async () => { throw new Error('secret'); });
      room.registerRpcMethod('hang', () => new Promise(() => undefined));
      room.registerRpcMethod('echo', async (call) => call.payload);
    })()`);
    const failure = async (
      method: string,
      options: { to?: string; payload?: string; responseTimeout?: number } = {},
    ): Promise<unknown> => {
      const { to = 'caller', payload = '', ...rest } = options;
      return agent.local
        .performRpc({ destinationIdentity: to, method, payload, ...rest })
        .then((answer) => answer.length)
        .catch((error: unknown) => error);
    };
    const [refused, broken, unknown, hung, long] = await Promise.all([
      failure('refuse'),
      failure('break'),
      failure('nothing'),
      failure('hang', { responseTimeout: 2500 }),
      failure('echo', { payload: 'x'.repeat(20_000) }),
    ]);
    expect(refused).toMatchObject({ code: 77, message: 'not today', data: 'why' });
    expect(broken).toMatchObject({ code: 1500 });
    expect(unknown).toMatchObject({ code: 1400 });
    expect(hung).toMatchObject({ code: 1502 });
    // Longer than one packet may be: such calls travel as streams.
    expect(long).toBe(20_000);

    agent.local.registerRpcMethod('hang', () => new Promise<string>(() => undefined));
    const [lonely] = await Promise.all([
      page.evaluate<number>(`(async () => {
        const options = { destinationIdentity: 'agent', method: 'hang', payload: '' };
        window.asked = true;
        return room.localParticipant.performRpc(options).catch((error) => error.code);
      })()`),
      waitFor(() => page.evaluate('window.asked')).then(() => agent.leave()),
    ]);
    expect(lonely).toBe(1503);
    await page.close();
  });
});

/** Every user packet that a peer gets from now on. */
function collect(peer: NodePeer): Packet[] {
  const packets: Packet[] = [];
  peer.room.on(RoomEvent.DataReceived, (bytes, from, _kind, topic) => {
    packets.push({ text: new TextDecoder().decode(bytes), topic, from: from?.identity });
  });
  return packets;
}
