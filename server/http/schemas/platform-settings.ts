/** Settings of a version that the platform documents, with its ranges and defaults; most are stored and not acted on. */
import { z } from '@hono/zod-openapi';

const KEPT = "Stored with the version; this server's agent does not act on it.";
const NAMED = '`provider` or `provider/model`';
const PHONE = 'Phone only: stored with the version, not used in web calls.';

/** An optional setting. `fallback` is its documented default, `remark` follows in the description. */
function setting<T extends z.ZodType>(
  schema: T,
  what: string,
  fallback: unknown,
  remark: string,
): z.ZodOptional<T> {
  const taken = fallback === undefined ? '' : ` Default ${JSON.stringify(fallback)}.`;
  const description = `${what}${taken} ${remark}`.trimEnd();
  const meta = { description, ...(fallback === undefined ? {} : { default: fallback }) };
  return schema.optional().openapi(meta);
}
const kept = <T extends z.ZodType>(schema: T, what: string, fallback?: unknown) =>
  setting(schema, what, fallback, KEPT);
const phone = <T extends z.ZodType>(schema: T, what: string, fallback?: unknown) =>
  setting(schema, what, fallback, PHONE);

/** A setting that the agent acts on. */
const acted = <T extends z.ZodType>(schema: T, what: string, fallback?: unknown, remark = '') =>
  setting(schema, what, fallback, remark);

const share = z.number().min(0).max(1);
const milliseconds = z.int().min(0).max(120_000);
const id = z.string().min(1).max(200);

/** The settings, to be spread into the schema `VersionSettings`. */
export const platformSettings = {
  ring_duration_sec: phone(
    z.int().min(1).max(600),
    'Seconds that the phone rings, at most. 1–600.',
    5,
  ),
  voicemail_detection: phone(z.boolean(), 'Whether voicemail is detected.', true),
  hangup_on_voicemail: phone(z.boolean(), 'Whether the call ends at a voicemail.', false),
  voicemail_message: phone(
    z.string().max(5_000).nullable(),
    'Left on a voicemail. May hold `{{variables}}`. At most 5,000 characters.',
  ),
  listen_for_keypad: acted(z.boolean(), 'Whether keypad input is read.', true),
  keypad_timeout_sec: acted(
    z.number().min(0).max(15),
    'Seconds to wait for the next key. 0–15.',
    2,
    "The platform's default is 5.",
  ),
  termination_key: acted(
    z.string().max(1).nullable(),
    'The key that ends keypad input; null: none does.',
    '#',
  ),
  digit_limit: acted(
    z.int().min(1).max(50),
    'Keys of one input, at most. 1–50.',
    50,
    "The platform's default is 1.",
  ),
  ambient_noise: kept(
    z.union([z.string().max(200), z.boolean()]).nullable(),
    'Name of an ambient noise, or whether there is one. At most 200 characters.',
  ),
  background_sound: kept(
    z.string().max(200).nullable(),
    'Name of a background sound. At most 200 characters.',
  ),
  background_sound_volume: kept(
    z.number().min(0).max(2),
    'Volume of the background sound. 0–2.',
    1,
  ),
  response_eagerness: kept(share, 'How eagerly the agent answers. 0 (least) to 1.', 1),
  backchanneling: kept(
    z.boolean(),
    'Whether the agent says short words such as "yes" while it listens.',
    false,
  ),
  backchannel_frequency: kept(share, 'How often it says them. 0 (never) to 1.', 0.5),
  backchannel_keywords: kept(
    z.array(z.string().min(1).max(50)).max(100),
    'The words that it says: at most 100 of 50 characters.',
  ),
  transcription_mode: kept(
    z.enum(['optimize_for_speed', 'optimize_for_accuracy']),
    'Whether speech to text is to be fast or accurate.',
    'optimize_for_speed',
  ),
  denoising_mode: kept(
    z.enum(['remove_noise', 'remove_noise_and_speech']).nullable(),
    "What is removed from the caller's audio; null: nothing.",
  ),
  speech_normalization: kept(
    z.boolean(),
    'Whether numbers and dates are turned into words before they are spoken.',
    false,
  ),
  transcript_formatting: kept(z.boolean(), 'Whether the transcript is formatted.', false),
  boost_dynamic_variables: kept(
    z.boolean(),
    'Whether speech to text should expect the values of variables.',
    false,
  ),
  fallback_stt_enabled: acted(
    z.boolean(),
    'Whether another transcriber takes over from one that fails.',
    false,
  ),
  stt_fallback_transcriber_id: acted(
    id.nullable(),
    `The transcriber that takes over: ${NAMED}, e.g. \`offline\` or \`groq/whisper-large-v3-turbo\`. At most 200 characters.`,
  ),
  stt_fallback_wait_ms: acted(
    milliseconds,
    'Milliseconds that a transcriber may take for a turn before the other one is asked. 0–120,000; 0 means the default.',
    5_000,
  ),
  fallback_llm_enabled: acted(
    z.boolean(),
    'Whether another language model takes over from one that fails.',
    false,
  ),
  llm_fallback_delay_ms: acted(
    milliseconds,
    'Milliseconds that a model may take for its first word before the other one is asked. 0–120,000; 0 means the default.',
    5_000,
    "The platform's default is 500; a model on the operator's own machine needs longer.",
  ),
  llm_fallback_model: acted(
    id.nullable(),
    `The model that takes over: ${NAMED}, e.g. \`openai_compatible/qwen3:4b\`. At most 200 characters.`,
  ),
  fallback_voices: acted(
    z.array(id).max(20),
    'Voices that take over from one that fails, in this order: at most 20, each `provider`, `provider/voice` or `provider/model/voice`, ' +
      'e.g. `offline/slt` or `openai_compatible/kokoro/af_heart`.',
  ),
  opt_in_secure_urls: setting(
    z.boolean(),
    'Whether links to recordings are signed and expire.',
    undefined,
    'Stored with the version; links to recordings are signed and expire in any case.',
  ),
  kb_max_chunks: kept(
    z.int().min(1).max(10),
    'Pieces of a knowledge base that are used for one answer, at most. 1–10.',
  ),
  kb_min_score: kept(share, 'Score that a piece must reach to be used. 0–1.'),
  knowledge_base_ids: kept(z.array(id).max(100), 'Ids of knowledge bases: at most 100.'),
  voice_temperature: kept(
    z.number().min(0).max(2).nullable(),
    'How much the voice varies. 0 (least) to 2.',
  ),
  voice_volume: kept(z.number().min(0).max(10).nullable(), 'Volume of the voice. 0–10.'),
  voice_pitch: kept(
    z.number().min(-1).max(1).nullable(),
    'Pitch of the voice. −1 (lower) to 1 (higher).',
  ),
};
