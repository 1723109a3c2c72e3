/** Agents, their versions, and what changed between two. */
import { z } from '@hono/zod-openapi';
import { counted, instant, pageOf } from './common.js';
import { settingsPatch, versionSettings } from './version-settings.js';
import type { Agent, AgentVersion, SettingChange } from '../../../sdk/wire/agent.js';
import type { Exact, Proof } from './exact.js';

const title = z.string().trim().min(1).max(70);

/** Makes an agent and its first draft. */
export const createAgentRequest = z
  .strictObject({ title, settings: settingsPatch.optional() })
  .openapi('CreateAgentRequest');

/** Changes the agent's title or its draft. */
export const updateAgentRequest = z
  .strictObject({ title: title.optional(), settings: settingsPatch.optional() })
  .openapi('UpdateAgentRequest');

/** Changes a draft. */
export const updateVersionRequest = z
  .strictObject({ settings: settingsPatch })
  .openapi('UpdateVersionRequest');

/** Freezes the draft. */
export const publishVersionRequest = z
  .strictObject({ version_title: z.string().trim().min(1).max(150).optional() })
  .openapi('PublishVersionRequest');

/** An agent. */
export const agent = z
  .object({
    id: z.string(),
    title: z.string(),
    created_at: instant,
    updated_at: instant,
    current_version_number: z.int().nullable(),
    current_version_id: z.string().nullable(),
    draft_version_number: z.int(),
  })
  .openapi('Agent');

/** A version with its settings. */
export const agentVersion = z
  .object({
    id: z.string(),
    agent_id: z.string(),
    version_number: z.int(),
    version_title: z.string().nullable(),
    is_published: z.boolean(),
    published_at: instant.nullable(),
    published_by: z.string().nullable(),
    created_at: instant,
    updated_at: instant,
    settings: versionSettings,
  })
  .openapi('AgentVersion');

/** What one field was and became. */
export const settingChange = z
  .object({ path: z.string(), before: z.unknown(), after: z.unknown() })
  .openapi('SettingChange');

/** Which two versions are compared. */
export const diffQuery = z.strictObject({
  from: z.coerce.number().pipe(counted),
  to: z.coerce.number().pipe(counted),
});

/** Answer of `GET /v1/agents/{agent_id}/diff`. */
export const diffAnswer = z
  .object({ from: z.int(), to: z.int(), changes: z.array(settingChange) })
  .openapi('VersionDiff');

/** A page of agents. */
export const agentPage = pageOf(agent).openapi('AgentPage');

/** A page of versions. */
export const agentVersionPage = pageOf(agentVersion).openapi('AgentVersionPage');

/** These fail to compile when a schema and the wire drift apart. */
export type AgentProofs = [
  Proof<Exact<z.output<typeof agent>, Agent>>,
  Proof<Exact<z.output<typeof agentVersion>, AgentVersion>>,
  Proof<Exact<z.output<typeof settingChange>, SettingChange>>,
];
