/** A participant made of the unmodified livekit-client in a real Chromium, with a fake microphone. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumFlags, ensureChromium } from '../../support/chromium.mjs';

/** Which livekit-client a page loads; 2.16 is the last that speaks the protocol of two connections by itself. */
export type Client = 'livekit-client' | 'livekit-client-2-16';

const pathOf = (client: Client): string => {
  const path = `../../../node_modules/${client}/dist/livekit-client.esm.mjs`;
  return fileURLToPath(new URL(path, import.meta.url));
};

const PAGE = `<!doctype html><title>peer</title><script type="module">
import * as lk from '/livekit-client.mjs';
const room = new lk.Room();
const seen = { texts: [], attributes: {}, reason: null, states: [], speakers: new Set(), data: [] };
for (const topic of ['chat', 'lk.chat', 'lk.transcription']) {
  room.registerTextStreamHandler(topic, async (reader, info) => {
    seen.texts.push({ from: info.identity, topic, text: await reader.readAll() });
  });
}
room.on('disconnected', (reason) => (seen.reason = lk.DisconnectReason[reason]));
room.on('connectionStateChanged', (state) => seen.states.push(state));
room.on('participantAttributesChanged', (changed, who) =>
  Object.assign((seen.attributes[who.identity] ??= {}), changed));
room.on('activeSpeakersChanged', (list) => list.forEach((who) => seen.speakers.add(who.identity)));
room.on('dataReceived', (bytes, who, kind, topic) =>
  seen.data.push({ text: new TextDecoder().decode(bytes), topic, from: who?.identity ?? null }));
room.on('trackSubscribed', (track) => document.body.append(track.attach()));
const isMuted = (who) =>
  [...(room.remoteParticipants.get(who)?.trackPublications.values() ?? [])].every((one) => one.isMuted);
const arrived = async () => {
  const { publisher, subscriber } = room.engine.pcManager;
  let packets = 0;
  for (const transport of [publisher, subscriber]) {
    for (const entry of (await transport?.getStats?.())?.values() ?? []) {
      if (entry.type === 'transport') packets += entry.packetsReceived;
    }
  }
  return packets;
};
Object.assign(window, { lk, room, seen, isMuted, arrived });
</script><body></body>`;

/** What `stats` reports about one received track. */
export interface InboundAudio {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly totalAudioEnergy: number;
  readonly jitter: number;
}

/** A browser with one page server; every call of `open` is a page of its own. */
export class BrowserPeers {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #contexts: BrowserContext[] = [];

  private constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
  }

  static async start(version: Client = 'livekit-client'): Promise<BrowserPeers> {
    const client = await readFile(pathOf(version));
    const server = createServer((request, response) => {
      const isClient = request.url === '/livekit-client.mjs';
      response.setHeader('content-type', isClient ? 'text/javascript' : 'text/html');
      response.end(isClient ? client : PAGE);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const browser = await chromium.launch({
      executablePath: ensureChromium(),
      args: [
        ...chromiumFlags,
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
    return new BrowserPeers(browser, server);
  }

  /** Opens a page with an unconnected `room`. */
  async open(): Promise<Page> {
    const context = await this.#browser.newContext({ permissions: ['microphone'] });
    this.#contexts.push(context);
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`);
    await page.waitForFunction('window.room');
    return page;
  }

  /** The processes that run the pages, and with them their sound. */
  async rendererIds(): Promise<number[]> {
    const session = await this.#browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter((one) => one.type === 'renderer').map((one) => one.id);
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close().catch(() => undefined)));
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Connects the page's room, with its microphone on unless told otherwise. */
export async function connect(
  page: Page,
  url: string,
  token: string,
  microphone = true,
): Promise<void> {
  await page.evaluate(
    `(async () => {
      await room.connect(${JSON.stringify(url)}, ${JSON.stringify(token)});
      if (${microphone}) await room.localParticipant.setMicrophoneEnabled(true);
    })()`,
  );
}

/** What the page receives from `identity`. */
export async function inbound(page: Page, identity: string): Promise<InboundAudio | null> {
  return page.evaluate(
    `(async () => {
      const who = room.remoteParticipants.get(${JSON.stringify(identity)});
      const track = [...(who?.trackPublications.values() ?? [])][0]?.track;
      const report = await track?.getRTCStatsReport();
      for (const entry of report?.values() ?? []) if (entry.type === 'inbound-rtp') return {
        packetsReceived: entry.packetsReceived, packetsLost: entry.packetsLost,
        totalAudioEnergy: entry.totalAudioEnergy ?? 0, jitter: entry.jitter };
      return null;
    })()`,
  );
}

/** What the server has reported of the page's own sound. */
export async function uplink(page: Page): Promise<{ readonly packetsLost: number } | null> {
  return page.evaluate(
    `(async () => {
      const [publication] = room.localParticipant.trackPublications.values();
      const report = await publication?.track?.sender?.getStats();
      for (const entry of report?.values() ?? []) if (entry.type === 'remote-inbound-rtp')
        return { packetsLost: entry.packetsLost };
      return null;
    })()`,
  );
}
