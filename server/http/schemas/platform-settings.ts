/** The platform's settings that are kept with a version, with the platform's ranges and defaults. */
import { z } from '@hono/zod-openapi';

const KEPT = "Kept with the version; this server's agent does not act on it.";
const NAMED = '`provider` or `provider/model`';
const PHONE = 'Phone only: kept with the version, and not used in a web call.';

/** Optional; `fallback` is what the platform takes where it is left out. */
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

/** One that the agent acts on. */
const acted = <T extends z.ZodType>(schema: T, what: string, fallback?: unknown, remark = '') =>
  setting(schema, what, fallback, remark);

const share = z.number().min(0).max(1);
const milliseconds = z.int().min(0).max(120_000);
const id = z.string().min(1).max(200);

/** To be spread into the schema of a version's settings. */
export const platformSettings = {
  ring_duration_sec: phone(z.int().min(1).max(600), 'Seconds to ring. 1–600.', 5),
  voicemail_detection: phone(z.boolean(), 'Whether a voicemail is told from a person.', true),
  hangup_on_voicemail: phone(z.boolean(), 'Whether a voicemail ends the call.', false),
  voicemail_message: phone(
    z.string().max(5_000).nullable(),
    'Left on a voicemail. May hold `{{variables}}`. At most 5,000 characters.',
  ),
  listen_for_keypad: phone(z.boolean(), 'Whether keys are listened for.', true),
  keypad_timeout_sec: phone(
    z.number().min(0).max(15),
    'Seconds to wait for the next key. 0–15.',
    5,
  ),
  termination_key: phone(z.string().max(1).nullable(), 'The key that ends what is keyed in.', '#'),
  digit_limit: phone(z.int().min(1).max(50), 'How many keys belong together. 1–50.', 1),
  ambient_noise: kept(
    z.union([z.string().max(200), z.boolean()]).nullable(),
    'Noise of a place, by its name. At most 200 characters.',
  ),
  background_sound: kept(
    z.string().max(200).nullable(),
    'Sound behind the voice, by its name. At most 200 characters.',
  ),
  background_sound_volume: kept(z.number().min(0).max(2), 'Its volume. 0–2.', 1),
  response_eagerness: kept(share, 'How eagerly the agent answers. 0–1.', 1),
  backchanneling: kept(z.boolean(), 'Whether the agent shows that it listens.', false),
  backchannel_frequency: kept(share, 'How often it does. 0–1.', 0.5),
  backchannel_keywords: kept(
    z.array(z.string().min(1).max(50)).max(100),
    'What it says then: at most 100 of 50 characters.',
  ),
  transcription_mode: kept(
    z.enum(['optimize_for_speed', 'optimize_for_accuracy']),
    'What speech to text is best at.',
    'optimize_for_speed',
  ),
  denoising_mode: kept(
    z.enum(['remove_noise', 'remove_noise_and_speech']).nullable(),
    "What is taken out of the caller's sound.",
  ),
  speech_normalization: kept(
    z.boolean(),
    'Whether numbers and dates are written out before they are spoken.',
    false,
  ),
  transcript_formatting: kept(z.boolean(), 'Whether the transcript is formatted.', false),
  boost_dynamic_variables: kept(
    z.boolean(),
    'Whether speech to text should expect the values of variables.',
    false,
  ),
  fallback_stt_enabled: acted(z.boolean(), 'Whether another transcriber steps in.', false),
  stt_fallback_transcriber_id: acted(
    id.nullable(),
    `Which one: ${NAMED}, e.g. \`offline\` or \`groq/whisper-large-v3-turbo\`. At most 200 characters.`,
  ),
  stt_fallback_wait_ms: acted(
    milliseconds,
    'Milliseconds that a transcriber may take for what was said before the other is asked. 0–120,000; 0 is the default.',
    5_000,
  ),
  fallback_llm_enabled: acted(z.boolean(), 'Whether another language model steps in.', false),
  llm_fallback_delay_ms: acted(
    milliseconds,
    'Milliseconds that a model may take for its first word before the other is asked. 0–120,000; 0 is the default.',
    5_000,
    "The platform's default is 500: a model at home needs longer.",
  ),
  llm_fallback_model: acted(
    id.nullable(),
    `Which one: ${NAMED}, e.g. \`openai_compatible/qwen3:4b\`. At most 200 characters.`,
  ),
  fallback_voices: acted(
    z.array(id).max(20),
    'Voices that step in, in this order: at most 20, each `provider`, `provider/voice` or `provider/model/voice`, ' +
      'e.g. `offline/slt` or `openai_compatible/kokoro/af_heart`.',
  ),
  opt_in_secure_urls: setting(
    z.boolean(),
    'Whether links expire.',
    undefined,
    'Kept with the version; links to recordings are signed and expire in any case.',
  ),
  kb_max_chunks: kept(z.int().min(1).max(10), 'Pieces of knowledge for one answer. 1–10.'),
  kb_min_score: kept(share, 'How well a piece must fit. 0–1.'),
  knowledge_base_ids: kept(z.array(id).max(100), 'Knowledge bases: at most 100.'),
  voice_temperature: kept(z.number().min(0).max(2).nullable(), 'How much the voice varies. 0–2.'),
  voice_volume: kept(z.number().min(0).max(10).nullable(), 'How loud the voice is. 0–10.'),
  voice_pitch: kept(z.number().min(-1).max(1).nullable(), 'How high the voice is. −1 to 1.'),
};
