/** The demo's published version, with what a test wants different. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { DEFAULT_SETTINGS } from '../../../server/domain/agents/default-settings.js';
import { BICYCLE_WORKSHOP } from '../../../server/domain/demo/bicycle-workshop.js';

/** Whole settings, as a claim answers them. */
export function workshopSettings(different: Partial<VersionSettings> = {}): VersionSettings {
  return { ...DEFAULT_SETTINGS, ...BICYCLE_WORKSHOP.settings, ...different };
}
