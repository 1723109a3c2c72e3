/** Chromium with a microphone that the test speaks into. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumFlags, ensureChromium } from '../support/chromium.mjs';

/** What the browser's microphone is. */
export type Microphone = 'injected' | 'refused';

/** The path of a spoken caller. */
export function callerFile(voice: string, sentence: string): string {
  return fileURLToPath(new URL(`../audio/${voice}-${sentence}.wav`, import.meta.url));
}

/** Launches a browser; close it after use. `without`: flags of Playwright's own that it is not to have. */
export function launchBrowser(
  microphone: Microphone,
  flags: readonly string[] = [],
  without: string[] = [],
): Promise<Browser> {
  const devices =
    microphone === 'refused'
      ? ['--use-fake-device-for-media-stream', '--deny-permission-prompts']
      : ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  return chromium.launch({
    executablePath: ensureChromium(),
    headless: true,
    ignoreDefaultArgs: without,
    args: [...chromiumFlags, ...devices, ...flags, '--autoplay-policy=no-user-gesture-required'],
  });
}

/** Opens an address with what the tests look through; with an injected microphone, `say` speaks into it. */
export async function openPage(browser: Browser, url: string, injected = false): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(keepConnections);
  if (injected) await page.addInitScript(injectMicrophone);
  await page.goto(url);
  return page;
}

/** Speaks a file into the injected microphone; resolves when it was said. */
export async function say(page: Page, file: string): Promise<void> {
  const wav = readFileSync(file).toString('base64');
  await page.evaluate((base64) => (globalThis as unknown as CallerWindow).callerSay(base64), wav);
}

/** What the page has heard so far, of all its peer connections. */
export function heard(page: Page): Promise<{ energy: number; packets: number }> {
  return page.evaluate(async () => {
    const sum = { energy: 0, packets: 0 };
    for (const connection of (globalThis as unknown as CallerWindow).peerConnections) {
      for (const report of (await connection.getStats()).values() as Iterable<InboundAudio>) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        sum.energy += report.totalAudioEnergy ?? 0;
        sum.packets += report.packetsReceived ?? 0;
      }
    }
    return sum;
  });
}

/** Peer connections and media tracks of the page that are still alive. */
export function openMedia(page: Page): Promise<{ connections: number }> {
  return page.evaluate(() => ({
    connections: (globalThis as unknown as CallerWindow).peerConnections.filter(
      (connection) => connection.connectionState !== 'closed',
    ).length,
  }));
}

interface InboundAudio {
  type: string;
  kind?: string;
  totalAudioEnergy?: number;
  packetsReceived?: number;
}

interface CallerWindow {
  peerConnections: RTCPeerConnection[];
  callerSay: (base64: string) => Promise<void>;
}

function keepConnections(): void {
  const kept: RTCPeerConnection[] = [];
  const Original = globalThis.RTCPeerConnection;
  class Kept extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  }
  Object.assign(globalThis, { peerConnections: kept, RTCPeerConnection: Kept });
}

function injectMicrophone(): void {
  let context: AudioContext | undefined;
  let destination: MediaStreamAudioDestinationNode | undefined;
  const open = (): [AudioContext, MediaStreamAudioDestinationNode] => {
    context ??= new AudioContext({ sampleRate: 48_000 });
    if (!destination) {
      destination = context.createMediaStreamDestination();
      // A track without any source delivers no frames at all.
      const constant = context.createConstantSource();
      const silent = context.createGain();
      silent.gain.value = 0;
      constant.connect(silent).connect(destination);
      constant.start();
    }
    return [context, destination];
  };
  navigator.mediaDevices.getUserMedia = async () => {
    const [audio, output] = open();
    await audio.resume();
    return output.stream.clone();
  };
  const callerSay = async (base64: string): Promise<void> => {
    const [audio, output] = open();
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const source = audio.createBufferSource();
    source.buffer = await audio.decodeAudioData(bytes.buffer);
    source.connect(output);
    await new Promise<void>((resolve) => {
      source.onended = () => {
        resolve();
      };
      source.start();
    });
  };
  Object.assign(globalThis, { callerSay });
}
