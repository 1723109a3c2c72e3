/** Everything that a published version freezes. */
import { z } from '@hono/zod-openapi';
import { variables } from './common.js';
import { dialogue } from './dialogue.js';
import { platformSettings } from './platform-settings.js';
import type { AgentFunction, PostCallField, VersionSettings } from '../../../sdk/wire/agent.js';
import type { Exact, Proof } from './exact.js';

const model = z.string().min(1).max(200).optional();
const functionName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'must be a name of at most 64 letters, digits, _ or -');
const description = z.string().max(2_000);

const agentFunction = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('end_call'), name: functionName, description }),
    z.strictObject({
      type: z.literal('custom'),
      name: functionName,
      description,
      config: z.strictObject({
        url: z
          .string()
          .max(2_000)
          .refine(isHttpUrl, 'must be an http or https address')
          .openapi({ description: 'Variables may stand in the path and the query, not before.' }),
        method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
        headers: z.record(z.string().max(200), z.string().max(4_000)).optional(),
        parameters: z.record(z.string(), z.unknown()),
        timeout_ms: z.int().min(1).max(120_000).optional(),
      }),
    }),
    z.strictObject({
      type: z.literal('call_transfer'),
      name: functionName,
      description,
      config: z.strictObject({ destinations: z.array(z.string().min(1).max(300)).min(1).max(7) }),
    }),
  ])
  .openapi('AgentFunction');

const postCallField = z
  .strictObject({
    field_name: z.string().regex(/^[A-Za-z0-9_]{1,64}$/, 'must be letters, digits and _'),
    field_type: z.enum(['NUMBER', 'STRING', 'BOOLEAN', 'ENUM']),
    field_description: z.string().max(2_000),
    options: z.array(z.string().min(1).max(200)).max(50).optional(),
  })
  .openapi('PostCallField');

const boostedKeywords = z
  .array(
    z
      .string()
      .max(50)
      .regex(/^[\p{L}\p{M}\p{N} ]+$/u, 'must be letters, digits and spaces'),
  )
  .max(100)
  .refine((terms) => terms.join('').length <= 2_000, 'may hold at most 2,000 characters in all');

/** The settings of a version. */
export const versionSettings = z
  .strictObject({
    prompt: z.string().max(100_000),
    language: z.string().min(2).max(35),
    conversation_start_type: z.enum(['user', 'agent_dynamic', 'agent_defined']),
    welcome_message: z.string().max(5_000).nullable(),
    allow_interruptions: z.boolean(),
    transcriber: z.strictObject({
      provider: z.enum(['offline', 'deepgram', 'openai', 'groq']),
      model,
    }),
    llm: z.strictObject({ provider: z.enum(['offline', 'openai', 'groq', 'google']), model }),
    voice: z.strictObject({
      provider: z.enum(['offline', 'openai', 'elevenlabs', 'cartesia', 'deepgram']),
      voice_id: z.string().min(1).max(200).optional(),
      model,
    }),
    functions: z.array(agentFunction).max(50),
    default_dynamic_variables: variables,
    post_call_analysis: z.array(postCallField).max(50),
    max_call_duration_sec: z.int().min(60).max(5_400),
    end_call_on_silence_sec: z.int().min(15).max(30),
    reminder_message_interval: z.int().min(1).max(24),
    reminder_message_frequency: z.int().min(0).max(10),
    pause_before_speaking_sec: z.number().min(0).max(10).openapi({
      description: "Default 0, where the platform's is 2: whoever clicked a button waits.",
    }),
    interruption_sensitivity: z.number().min(0).max(1),
    responsiveness: z.number().min(0).max(1),
    llm_temperature: z.number().min(0).max(2).nullable(),
    voice_speed: z.number().min(0.25).max(4),
    boosted_keywords: boostedKeywords,
    audio_cache_enabled: z.boolean(),
    opt_out_sensitive_data_storage: z.boolean(),
    dialogue: dialogue.nullable(),
    ...platformSettings,
  })
  .openapi('VersionSettings');

/** Some of the settings; what is left out stays as it is. */
export const settingsPatch = versionSettings.partial().openapi('VersionSettingsPatch');

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value.replaceAll(/\{\{[^{}]*\}\}/g, 'x'));
}

/** These fail to compile when a schema and the wire drift apart. */
export type VersionSettingsProofs = [
  Proof<Exact<z.output<typeof agentFunction>, AgentFunction>>,
  Proof<Exact<z.output<typeof postCallField>, PostCallField>>,
  Proof<Exact<z.output<typeof versionSettings>, VersionSettings>>,
];
