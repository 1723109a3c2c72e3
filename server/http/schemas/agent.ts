/** Agents, their versions, and what changed between two. */
import { z } from '@hono/zod-openapi';
import { instant, pageOf, writtenCounted } from './common.js';
import { component } from './component.js';
import { settingsPatch, versionSettings } from './version-settings.js';

const title = z.string().trim().min(1).max(70);
const SOME_SETTINGS = 'Some of the settings of the draft; those left out stay as they are.';

/** Makes an agent and its first draft. */
export const createAgentRequest = component(
  'CreateAgentRequest',
  'Makes an agent and its first draft.',
  z.strictObject({
    title: title.describe('What the agent is called. At most 70 characters.'),
    settings: settingsPatch
      .optional()
      .describe('Some of the settings of the draft; those left out have their defaults.'),
  }),
);

/** Changes the agent's title or its draft. */
export const updateAgentRequest = component(
  'UpdateAgentRequest',
  "Changes the agent's title or its draft.",
  z.strictObject({
    title: title.optional().describe('What the agent is called. At most 70 characters.'),
    settings: settingsPatch.optional().describe(SOME_SETTINGS),
  }),
);

/** Changes a draft. */
export const updateVersionRequest = component(
  'UpdateVersionRequest',
  'Changes a draft.',
  z.strictObject({ settings: settingsPatch.describe(SOME_SETTINGS) }),
);

/** Freezes the draft. */
export const publishVersionRequest = component(
  'PublishVersionRequest',
  'Freezes the draft.',
  z.strictObject({
    version_title: z
      .string()
      .trim()
      .min(1)
      .max(150)
      .optional()
      .describe('What the version is called. At most 150 characters. Default: no title.'),
  }),
);

/** An agent. */
export const agent = component(
  'Agent',
  'An agent; its behaviour is in its versions.',
  z.object({
    id: z.string().describe('`agent_…`.'),
    title: z.string().describe('What it is called.'),
    created_at: instant.describe('When it was made. ISO 8601.'),
    updated_at: instant.describe('When it last changed. ISO 8601.'),
    current_version_number: z
      .int()
      .nullable()
      .describe("The newest published version's number; null while there is none."),
    current_version_id: z
      .string()
      .nullable()
      .describe("The newest published version's id; null while there is none."),
    draft_version_number: z.int().describe("The draft's number."),
  }),
);

/** A version with its settings. */
export const agentVersion = component(
  'AgentVersion',
  'A version: a draft that may change, or a published snapshot that never does.',
  z.object({
    id: z.string().describe('`av_…`.'),
    agent_id: z.string().describe('The agent, `agent_…`.'),
    version_number: z.int().describe('Counts from 1 within the agent.'),
    version_title: z.string().nullable().describe('What it is called.'),
    is_published: z.boolean().describe('Whether it is published, and frozen.'),
    published_at: instant.nullable().describe('When it was published, ISO 8601; null for a draft.'),
    published_by: z
      .string()
      .nullable()
      .describe('The key that published it, `key_…`; null for a draft.'),
    created_at: instant.describe('When it was made. ISO 8601.'),
    updated_at: instant.describe('When it last changed. ISO 8601.'),
    settings: versionSettings.describe('How the agent behaves.'),
  }),
);

/** What one field was and became. */
export const settingChange = component(
  'SettingChange',
  'What one setting was and became.',
  z.object({
    path: z.string().describe('Which setting, e.g. `voice.voice_id`.'),
    before: z.unknown().optional().describe('What it was; not there when it was not set.'),
    after: z.unknown().optional().describe('What it became; not there when it is no longer set.'),
  }),
);

/** Which two versions are compared. */
export const diffQuery = z.strictObject({
  from: writtenCounted('The number of the version before.'),
  to: writtenCounted('The number of the version after.'),
});

/** Answer of `GET /v1/agents/{agent_id}/diff`. */
export const diffAnswer = component(
  'VersionDiff',
  'What changed from one version to another.',
  z.object({
    from: z.int().describe('The number of the version before.'),
    to: z.int().describe('The number of the version after.'),
    changes: z.array(settingChange).describe('Every setting that differs.'),
  }),
);

/** A page of agents. */
export const agentPage = component('AgentPage', 'A page of agents.', pageOf(agent));

/** A page of versions. */
export const agentVersionPage = component(
  'AgentVersionPage',
  'A page of versions.',
  pageOf(agentVersion),
);
