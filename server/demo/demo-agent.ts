/** The demo agent, as it stands beside this file: the front desk of a bicycle workshop. Other data makes another agent. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from '@hono/zod-openapi';
import type { VersionSettings } from '../../sdk/wire/agent.js';
import { DEFAULT_SETTINGS } from '../domain/agents/default-settings.js';
import { settingsPatch } from '../http/schemas/version-settings.js';

/** What is published as the demo agent's first version. */
export interface DemoAgent {
  title: string;
  version_title: string;
  settings: VersionSettings;
}

const FILE = 'bicycle-workshop.json';
const demoAgent = z.strictObject({
  title: z.string().min(1),
  version_title: z.string().min(1),
  settings: settingsPatch,
});

/** Reads the file; settings that it leaves out have their defaults. Throws when it is none that could be published. */
export function readDemoAgent(): DemoAgent {
  const read = demoAgent.safeParse(JSON.parse(readFileSync(demoFile(), 'utf8')));
  if (!read.success) throw new Error(`${FILE}: ${z.prettifyError(read.error)}`);
  const { settings, ...names } = read.data;
  return { ...names, settings: { ...DEFAULT_SETTINGS, ...settings } };
}

/** Beside the source, which is where it stands in a checkout and in the package; compilers do not copy it. */
function demoFile(): string {
  const beside = fileURLToPath(new URL(`./${FILE}`, import.meta.url));
  if (existsSync(beside)) return beside;
  return fileURLToPath(new URL(`../../../server/demo/${FILE}`, import.meta.url));
}

/** How the page at `/` speaks of the demo agent. */
export const DEMO_WORDS = {
  agentName: 'the bicycle workshop',
  hint: 'Ask when the workshop is open, what fixing a puncture costs, or book a repair.',
};
