/** Whether sound arrives: in a page, and on both sides of a call. */
import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.js';
import { inbound } from './browser-peer.js';
import type { NodePeer } from './node-peer.js';

const TIMEOUT_MS = 30_000;

/** New sound from `identity` arrives at the page. */
export async function hear(page: Page, identity: string, timeoutMs = TIMEOUT_MS): Promise<void> {
  const energy = async () => (await inbound(page, identity))?.totalAudioEnergy ?? 0;
  const before = await energy().catch(() => 0);
  await waitFor(
    async () => {
      const now = await energy();
      // Another connection counts from nothing.
      return now > 0.001 && (now > before + 0.001 || now < before);
    },
    { what: `the sound of ${identity} in the page`, timeoutMs },
  );
}

/** New sound arrives from "agent" at the page, and from "caller" at the agent. */
export async function hearEachOther(
  page: Page,
  agent: NodePeer,
  timeoutMs = TIMEOUT_MS,
): Promise<void> {
  const before = agent.heard.get('caller');
  const frames = before?.frames ?? 0;
  const heard = waitFor(
    () => {
      const now = agent.heard.get('caller');
      const isNew = now && (now !== before || now.frames > frames + 20);
      return isNew && now.frames > 20 && now.level > 100;
    },
    { what: 'the sound of the caller at the agent', timeoutMs },
  );
  await Promise.all([hear(page, 'agent', timeoutMs), heard]);
}
