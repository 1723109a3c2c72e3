/** Bodies and queries of `/v1/agents`: agents, their versions, and the difference between two versions. */
import { z } from '@hono/zod-openapi';
import { instant, pageOf, writtenCounted } from './common.js';
import { component } from './component.js';
import { settingsPatch, versionSettings } from './version-settings.js';

const title = z.string().trim().min(1).max(70);
const SOME_SETTINGS = 'Settings of the draft to change; those left out stay as they are.';

/** Body of `POST /v1/agents`. */
export const createAgentRequest = component(
  'CreateAgentRequest',
  'Creates an agent and its first draft.',
  z.strictObject({
    title: title.describe('What the agent is called. At most 70 characters.'),
    settings: settingsPatch
      .optional()
      .describe('Settings of the draft; those left out have their defaults.'),
  }),
);

/** Body of `PATCH /v1/agents/{agent_id}`. */
export const updateAgentRequest = component(
  'UpdateAgentRequest',
  "Changes the agent's title or its draft.",
  z.strictObject({
    title: title.optional().describe('What the agent is called. At most 70 characters.'),
    settings: settingsPatch.optional().describe(SOME_SETTINGS),
  }),
);

/** Body of `PATCH /v1/agents/{agent_id}/versions/{version_number}`. */
export const updateVersionRequest = component(
  'UpdateVersionRequest',
  'Changes a draft.',
  z.strictObject({ settings: settingsPatch.describe(SOME_SETTINGS) }),
);

/** Body of `POST /v1/agents/{agent_id}/versions/{version_number}/publish`. */
export const publishVersionRequest = component(
  'PublishVersionRequest',
  'Publishes a draft: from then on it never changes.',
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
  'An agent. How it behaves is in the settings of its versions.',
  z.object({
    id: z.string().describe('`agent_…`.'),
    title: z.string().describe('What the agent is called.'),
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
    version_number: z.int().describe('Its number within the agent, from 1.'),
    version_title: z.string().nullable().describe('What the version is called; null: no title.'),
    is_published: z.boolean().describe('Whether it is published: then it never changes.'),
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

/** A setting that differs between two versions. */
export const settingChange = component(
  'SettingChange',
  'A setting that differs between two versions.',
  z.object({
    path: z.string().describe('The path of the setting, e.g. `voice.voice_id`.'),
    before: z
      .unknown()
      .optional()
      .describe('Its value in the version before; absent when it was not set.'),
    after: z
      .unknown()
      .optional()
      .describe('Its value in the version after; absent when it is not set.'),
  }),
);

/** Query of `GET /v1/agents/{agent_id}/diff`. */
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
