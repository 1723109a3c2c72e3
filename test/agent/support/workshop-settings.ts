/** The demo's published version, with what a test wants different. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { readDemoAgent } from '../../../server/demo/demo-agent.js';

/** Whole settings, as a claim answers them. */
export function workshopSettings(different: Partial<VersionSettings> = {}): VersionSettings {
  return { ...readDemoAgent().settings, ...different };
}
