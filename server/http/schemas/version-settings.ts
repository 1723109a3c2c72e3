/** Everything that a published version freezes. */
import { z } from '@hono/zod-openapi';
import { variables } from './common.js';
import { component } from './component.js';
import { dialogue } from './dialogue.js';
import { platformSettings } from './platform-settings.js';

const model = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe(
    "The provider's own name of the model. Default: the provider's usual one; `openai_compatible` has none.",
  );
const functionName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'must be a name of at most 64 letters, digits, _ or -')
  .describe('What the language model calls it. At most 64 letters, digits, _ or -.');
const description = z
  .string()
  .max(2_000)
  .describe('Tells the language model when to call it. At most 2,000 characters.');

const endCallFunction = component(
  'EndCallFunction',
  'Ends the call when the agent decides to.',
  z.strictObject({
    type: z.literal('end_call').describe('Which kind of function.'),
    name: functionName,
    description,
  }),
);

const customFunction = component(
  'CustomFunction',
  'Calls an HTTP endpoint of yours.',
  z.strictObject({
    type: z.literal('custom').describe('Which kind of function.'),
    name: functionName,
    description,
    config: z
      .strictObject({
        url: z
          .string()
          .max(2_000)
          .refine(isHttpUrl, 'must be an http or https address')
          .describe(
            'An http or https address. `{{variables}}` may stand in the path and the query, not before; their values are URL-encoded.',
          ),
        method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).describe('The HTTP method.'),
        headers: z
          .record(z.string().max(200), z.string().max(4_000))
          .optional()
          .describe('Headers of the request. Values may hold `{{variables}}`.'),
        parameters: z.record(z.string(), z.unknown()).describe('JSON Schema of the arguments.'),
        timeout_ms: z
          .int()
          .min(1)
          .max(120_000)
          .optional()
          .describe('Milliseconds to wait for the answer. Default 10,000; at most 120,000.'),
      })
      .describe('The request.'),
  }),
);

const callTransferFunction = component(
  'CallTransferFunction',
  'Hands the caller over. A web caller has no number: the page receives the destination.',
  z.strictObject({
    type: z.literal('call_transfer').describe('Which kind of function.'),
    name: functionName,
    description,
    config: z
      .strictObject({
        destinations: z
          .array(z.string().min(1).max(300))
          .min(1)
          .max(7)
          .describe('Where to: 1 to 7 of at most 300 characters.'),
      })
      .describe('Where to.'),
  }),
);

const agentFunction = component(
  'AgentFunction',
  'Something that the agent can do besides talking.',
  z.discriminatedUnion('type', [endCallFunction, customFunction, callTransferFunction]),
);

const postCallField = component(
  'PostCallField',
  'One field that the analysis after the call fills in.',
  z.strictObject({
    field_name: z
      .string()
      .regex(/^[A-Za-z0-9_]{1,64}$/, 'must be letters, digits and _')
      .describe('Its name in the result. At most 64 letters, digits and _.'),
    field_type: z.enum(['NUMBER', 'STRING', 'BOOLEAN', 'ENUM']).describe('What its value is.'),
    field_description: z
      .string()
      .max(2_000)
      .describe('Tells the language model what to find. At most 2,000 characters.'),
    options: z
      .array(z.string().min(1).max(200))
      .max(50)
      .optional()
      .describe('The values of an `ENUM`: at most 50 of 200 characters.'),
  }),
);

const boostedKeywords = z
  .array(
    z
      .string()
      .max(50)
      .regex(/^[\p{L}\p{M}\p{N} ]+$/u, 'must be letters, digits and spaces'),
  )
  .max(100)
  .refine((terms) => terms.join('').length <= 2_000, 'may hold at most 2,000 characters in all');

const sttProvider = component(
  'SttProvider',
  "Who turns speech to text. `offline` needs no account; `openai_compatible` is a server of the operator's own, `STT_BASE_URL`; every other needs its key in the server's environment.",
  z.enum(['offline', 'deepgram', 'openai', 'groq', 'openai_compatible']),
);
const llmProvider = component(
  'LlmProvider',
  "Whose language model. `offline` needs no account; `openai_compatible` is a server of the operator's own, `LLM_BASE_URL`; every other needs its key in the server's environment.",
  z.enum(['offline', 'openai', 'groq', 'google', 'openai_compatible']),
);
const ttsProvider = component(
  'TtsProvider',
  "Who turns text to speech. `offline` needs no account; `openai_compatible` is a server of the operator's own, `TTS_BASE_URL`; every other needs its key in the server's environment.",
  z.enum(['offline', 'openai', 'elevenlabs', 'cartesia', 'deepgram', 'openai_compatible']),
);

/** Speech to text. */
export const transcriberSettings = component(
  'TranscriberSettings',
  'Speech to text.',
  z.strictObject({ provider: sttProvider.describe('Who turns speech to text.'), model }),
);
/** Language model. */
export const llmSettings = component(
  'LlmSettings',
  'Language model.',
  z.strictObject({ provider: llmProvider.describe('Whose language model.'), model }),
);
/** Text to speech. */
export const voiceSettings = component(
  'VoiceSettings',
  'Text to speech.',
  z.strictObject({
    provider: ttsProvider.describe('Who turns text to speech.'),
    voice_id: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        "The provider's own name of the voice; offline: `slt`, `rms`, `awb`, `kal16`. Default: the provider's usual one; `openai_compatible` has none.",
      ),
    model,
  }),
);

/** The settings of a version. */
export const versionSettings = component(
  'VersionSettings',
  'Everything that a published version freezes.',
  z.strictObject({
    prompt: z
      .string()
      .max(100_000)
      .describe('What the agent is told. May hold `{{variables}}`. At most 100,000 characters.'),
    language: z.string().min(2).max(35).describe('BCP 47, e.g. `en-GB`. Default `en`.'),
    conversation_start_type: z
      .enum(['user', 'agent_dynamic', 'agent_defined'])
      .describe(
        'Who speaks first: the caller, the agent in words of its own, or the agent with the welcome message. Default `agent_defined`.',
      ),
    welcome_message: z
      .string()
      .max(5_000)
      .nullable()
      .describe(
        'What the agent says first with `agent_defined`. May hold `{{variables}}`. At most 5,000 characters.',
      ),
    allow_interruptions: z
      .boolean()
      .describe('Whether the caller may cut the agent off. Default true.'),
    transcriber: transcriberSettings.describe('Speech to text. Default: offline.'),
    llm: llmSettings.describe('Language model. Default: offline.'),
    voice: voiceSettings.describe('Text to speech. Default: offline.'),
    functions: z
      .array(agentFunction)
      .max(50)
      .describe('What the agent can do besides talking. At most 50, of different names.'),
    default_dynamic_variables: variables.describe(
      'Used where a call gives no value. At most 50 keys of 64 characters, 2,000 characters a value.',
    ),
    post_call_analysis: z
      .array(postCallField)
      .max(50)
      .describe('What the analysis after the call finds out. At most 50 fields.'),
    max_call_duration_sec: z
      .int()
      .min(60)
      .max(5_400)
      .describe('Seconds after which the call ends. 60–5400, default 600.'),
    end_call_on_silence_sec: z
      .int()
      .min(15)
      .max(30)
      .describe(
        'Seconds of silence after which the call ends. 15–30, default 15; exceeds `reminder_message_interval` by more than 5.',
      ),
    reminder_message_interval: z
      .int()
      .min(1)
      .max(24)
      .describe(
        'Seconds of silence before the agent asks whether the caller is there. 1–24, default 9.',
      ),
    reminder_message_frequency: z
      .int()
      .min(0)
      .max(10)
      .describe('How often it asks. 0–10, default 1.'),
    pause_before_speaking_sec: z
      .number()
      .min(0)
      .max(10)
      .describe(
        "Seconds before the agent's first words. 0–10, default 0, where the platform's is 2: whoever clicked a button waits.",
      ),
    interruption_sensitivity: z
      .number()
      .min(0)
      .max(1)
      .describe('How easily the caller cuts the agent off. 0–1, default 0.5.'),
    responsiveness: z
      .number()
      .min(0)
      .max(1)
      .describe('How soon the agent answers. 0–1, default 0.5.'),
    llm_temperature: z
      .number()
      .min(0)
      .max(2)
      .nullable()
      .describe("Of the language model. 0–2; null, the default: the provider's own."),
    voice_speed: z.number().min(0.25).max(4).describe('Times the usual speed. 0.25–4, default 1.'),
    boosted_keywords: boostedKeywords.describe(
      'Words that speech to text should expect. At most 100 of 50 letters, digits and spaces; 2,000 characters in all.',
    ),
    audio_cache_enabled: z
      .boolean()
      .describe('Whether sentences that were spoken before are played again. Default true.'),
    opt_out_sensitive_data_storage: z
      .boolean()
      .describe('Keeps neither recording nor transcript. Default false.'),
    dialogue: dialogue
      .nullable()
      .describe(
        'What the offline language model says to whom. Offline, a version needs this, `knowledge` or a `prompt`.',
      ),
    knowledge: z
      .array(z.string().trim().min(1).max(500))
      .max(200)
      .optional()
      .describe(
        "What the agent knows: each a fact of a sentence or two in the owner's words, said as it stands by the offline " +
          "language model, and told to any other where it fits. May hold `{{variables}}`. At most 200 of 500 characters; offline, the prompt's sentences without.",
      ),
    ...platformSettings,
  }),
);

/** Some of the settings; what is left out stays as it is. */
export const settingsPatch = component(
  'VersionSettingsPatch',
  'Some of the settings; what is left out stays as it is.',
  versionSettings.partial(),
);

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value.replaceAll(/\{\{[^{}]*\}\}/g, 'x'));
}
