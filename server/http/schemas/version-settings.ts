/** The settings of a version: prompt, providers, functions, limits, dialogue and knowledge. */
import { z } from '@hono/zod-openapi';
import { variables } from './common.js';
import { component } from './component.js';
import { customFunctionOptions } from './custom-function-options.js';
import { dialogue } from './dialogue.js';
import { platformSettings } from './platform-settings.js';
import { widgetSettings } from './widget-settings.js';

const model = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe(
    "The provider's name of the model. Default: a usual one of the provider's; required for `openai_compatible`. At most 200 characters.",
  );
const functionName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'must be a name of at most 64 letters, digits, _ or -')
  .describe('The name that the language model calls it by. At most 64 letters, digits, _ or -.');
const description = z
  .string()
  .max(2_000)
  .describe(
    'What the language model is told of it: when to call it, and what for. At most 2,000 characters.',
  );

const endCallFunction = component(
  'EndCallFunction',
  'Lets the agent end the call.',
  z.strictObject({
    type: z.literal('end_call').describe('Which kind of function.'),
    name: functionName,
    description,
  }),
);

const customFunction = component(
  'CustomFunction',
  'A request to an HTTP endpoint of yours.',
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
            'An http or https address of at most 2,000 characters. `{{variables}}` are allowed in path and query only; their values are URL-encoded.',
          ),
        method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).describe('The HTTP method.'),
        headers: z
          .record(z.string().max(200), z.string().max(4_000))
          .optional()
          .describe(
            'Headers of the request: names of at most 200 characters, values of at most 4,000, which may hold `{{variables}}`.',
          ),
        parameters: z
          .record(z.string(), z.unknown())
          .describe('JSON Schema of the arguments that the language model gives.'),
        timeout_ms: z
          .int()
          .min(1)
          .max(120_000)
          .optional()
          .describe('Milliseconds to wait for the answer. 1–120,000, default 10,000.'),
        ...customFunctionOptions,
      })
      .describe('The request.'),
  }),
);

const transferTarget = component(
  'TransferTarget',
  'An agent that a call may be handed to.',
  z.strictObject({
    agent_id: z
      .string()
      .regex(/^agent_\w{1,60}$/, 'must be the id of an agent')
      .describe(
        'An agent of the same workspace, `agent_…`. Its newest published version takes over, and has to be there when this version is published.',
      ),
    description: z
      .string()
      .max(500)
      .describe('Tells the language model when to hand over to it. At most 500 characters.'),
  }),
);

const callTransferFunction = component(
  'CallTransferFunction',
  'Lets the agent hand the caller over: to another agent within the same call, or to a destination, which the page receives as `CallTransferMessage`, because a web caller has no number.',
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
          .optional()
          .describe('1 to 7 destinations, each at most 300 characters.'),
        agents: z
          .array(transferTarget)
          .min(1)
          .max(10)
          .optional()
          .describe(
            '1 to 10 agents. The next one goes on in the same call, knows what was said, and greets by its own welcome message.',
          ),
      })
      .refine(
        ({ destinations, agents }) => destinations !== undefined || agents !== undefined,
        'needs destinations or agents',
      )
      .describe('To whom the caller may be handed over: `destinations`, `agents`, or both.'),
  }),
);

const agentFunction = component(
  'AgentFunction',
  'A function that the agent may call.',
  z.discriminatedUnion('type', [endCallFunction, customFunction, callTransferFunction]),
);

const postCallField = component(
  'PostCallField',
  'A field that the analysis after the call extracts.',
  z.strictObject({
    field_name: z
      .string()
      .regex(/^[A-Za-z0-9_]{1,64}$/, 'must be letters, digits and _')
      .describe('Its name in the result. At most 64 letters, digits and _.'),
    field_type: z
      .enum(['NUMBER', 'STRING', 'BOOLEAN', 'ENUM', 'DATETIME'])
      .describe(
        'The type of its value. `DATETIME`: ISO 8601 in the time zone of the call, or a date alone when no time was said.',
      ),
    field_description: z
      .string()
      .max(2_000)
      .describe('Tells the language model what to find. At most 2,000 characters.'),
    options: z
      .array(z.string().min(1).max(200))
      .max(50)
      .optional()
      .describe('The allowed values of an `ENUM`: at most 50 of 200 characters.'),
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
  "A provider of speech to text. `offline` needs no account; `openai_compatible` is a server of the operator's own, `STT_BASE_URL`; every other one needs its key in the server's environment.",
  z.enum(['offline', 'deepgram', 'openai', 'groq', 'openai_compatible']),
);
const llmProvider = component(
  'LlmProvider',
  "A provider of language models. `offline` needs no account; `openai_compatible` is a server of the operator's own, `LLM_BASE_URL`; every other one needs its key in the server's environment.",
  z.enum(['offline', 'openai', 'groq', 'google', 'openai_compatible']),
);
const ttsProvider = component(
  'TtsProvider',
  "A provider of text to speech. `offline` needs no account; `openai_compatible` is a server of the operator's own, `TTS_BASE_URL`; every other one needs its key in the server's environment.",
  z.enum(['offline', 'openai', 'elevenlabs', 'cartesia', 'deepgram', 'openai_compatible']),
);

/** Speech to text. */
export const transcriberSettings = component(
  'TranscriberSettings',
  'Speech to text.',
  z.strictObject({ provider: sttProvider.describe('The provider of speech to text.'), model }),
);
/** Language model. */
export const llmSettings = component(
  'LlmSettings',
  'Language model.',
  z.strictObject({ provider: llmProvider.describe('The provider of the language model.'), model }),
);
/** Text to speech. */
export const voiceSettings = component(
  'VoiceSettings',
  'Text to speech.',
  z.strictObject({
    provider: ttsProvider.describe('The provider of text to speech.'),
    voice_id: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        "The provider's name of the voice; offline: `hibari`, or flite's `slt`, `rms`, `awb`, `kal16`. Default: a usual one of the provider's, offline `hibari`, and `slt` where the neural voice was not fetched; required for `openai_compatible`. At most 200 characters.",
      ),
    model,
  }),
);

/** The settings of a version. */
export const versionSettings = component(
  'VersionSettings',
  'How an agent behaves. Publishing a version freezes its settings.',
  z.strictObject({
    prompt: z
      .string()
      .max(100_000)
      .describe(
        'The instructions of the language model. May hold `{{variables}}`. At most 100,000 characters.',
      ),
    language: z
      .string()
      .min(2)
      .max(35)
      .describe('The language of the call, BCP 47, e.g. `en-GB`. Default `en`.'),
    conversation_start_type: z
      .enum(['user', 'agent_dynamic', 'agent_defined'])
      .describe(
        'Who speaks first. `user`: the caller; `agent_dynamic`: the agent, in words of the language model; `agent_defined` (the default): the agent, with `welcome_message`.',
      ),
    welcome_message: z
      .string()
      .max(5_000)
      .nullable()
      .describe(
        'The first words of the agent with `agent_defined`. May hold `{{variables}}`. At most 5,000 characters.',
      ),
    allow_interruptions: z
      .boolean()
      .describe('Whether the caller may interrupt the agent. Default true.'),
    transcriber: transcriberSettings.describe('Speech to text. Default: offline.'),
    llm: llmSettings.describe('Language model. Default: offline.'),
    voice: voiceSettings.describe('Text to speech. Default: offline.'),
    functions: z
      .array(agentFunction)
      .max(50)
      .describe(
        'The functions that the agent may call. At most 50, of different names. Default: none.',
      ),
    client_tools_enabled: z
      .boolean()
      .optional()
      .describe(
        'Whether the agent may call functions that the page of the call offers (`registerTool()` of the SDK). Their ' +
          'descriptions and answers come from the browser, where the visitor can change them: nothing that they say is ' +
          'verified. Default false.',
      ),
    default_dynamic_variables: variables.describe(
      'Values of variables for calls that give none. At most 50 names of 64 characters, 2,000 characters a value.',
    ),
    post_call_analysis: z
      .array(postCallField)
      .max(50)
      .describe('The fields that the analysis after the call extracts. At most 50. Default: none.'),
    max_call_duration_sec: z
      .int()
      .min(60)
      .max(5_400)
      .describe(
        'Seconds after which the call ends, counted from its start also where it was handed to this agent. 60–5400, default 600.',
      ),
    end_call_on_silence_sec: z
      .int()
      .min(15)
      .max(30)
      .describe(
        'Seconds of silence after which the call ends. 15–30, default 15; must exceed `reminder_message_interval` by more than 5. Neither this nor a reminder comes in the first two minutes of a caller who has muted the microphone.',
      ),
    reminder_message_interval: z
      .int()
      .min(1)
      .max(24)
      .describe(
        'Seconds of silence after which the agent asks whether the caller is still there. 1–24, default 9.',
      ),
    reminder_message_frequency: z
      .int()
      .min(0)
      .max(10)
      .describe('How often the agent asks that before the call ends. 0–10, default 1.'),
    pause_before_speaking_sec: z
      .number()
      .min(0)
      .max(10)
      .describe(
        "Seconds that the agent waits before its first words. 0–10, default 0 (the platform's default is 2).",
      ),
    interruption_sensitivity: z
      .number()
      .min(0)
      .max(1)
      .describe('How easily the caller interrupts the agent. 0 (least) to 1, default 0.5.'),
    responsiveness: z
      .number()
      .min(0)
      .max(1)
      .describe(
        'How soon the agent answers after the caller has stopped speaking. 0 (latest) to 1, default 0.5.',
      ),
    llm_temperature: z
      .number()
      .min(0)
      .max(2)
      .nullable()
      .describe("Temperature of the language model. 0–2; null, the default: the provider's own."),
    voice_speed: z
      .number()
      .min(0.25)
      .max(4)
      .describe(
        'Speed of the voice, as a multiple of the usual one. 0.25–4, default 1; the offline voice `hibari` keeps within 0.5–2.',
      ),
    boosted_keywords: boostedKeywords.describe(
      'Words that speech to text should expect: at most 100, each of at most 50 letters, digits and spaces; 2,000 characters in all. Default: none.',
    ),
    audio_cache_enabled: z
      .boolean()
      .describe('Whether synthesised sentences are cached and played again. Default true.'),
    opt_out_sensitive_data_storage: z
      .boolean()
      .describe('Whether neither recording nor transcript are stored. Default false.'),
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
    widget: widgetSettings
      .optional()
      .describe(
        'What the element on a page takes from this version: appearance, words, consent and form. Public, at most 32 KiB as JSON, replaced as a whole. Default: nothing.',
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

/** What is left out in silence when an address is read would make it another one. */
function isHttpUrl(value: string): boolean {
  if (/\p{Cc}/u.test(value)) return false;
  return /^https?:\/\//.test(value) && URL.canParse(value.replaceAll(/\{\{[^{}]*\}\}/g, 'x'));
}
