/** The platform's settings that are kept with a version, with the platform's ranges and defaults. */
import { z } from '@hono/zod-openapi';
import type { PlatformSettings } from '../../../sdk/wire/platform-settings.js';
import type { Exact, Proof } from './exact.js';

const KEPT = "Kept with the version; this server's agent does not act on it.";
const PHONE = 'Phone only: kept with the version, and not used in a web call.';

/** Optional, and told as what it is; `fallback` is what the platform takes where it is left out. */
function setting<T extends z.ZodType>(schema: T, description: string, fallback?: unknown) {
  const meta = { description, ...(fallback === undefined ? {} : { default: fallback }) };
  return schema.optional().openapi(meta);
}
const kept = <T extends z.ZodType>(schema: T, fallback?: unknown) =>
  setting(schema, KEPT, fallback);
const phone = <T extends z.ZodType>(schema: T, fallback?: unknown) =>
  setting(schema, PHONE, fallback);

const share = z.number().min(0).max(1);
const milliseconds = z.int().min(0).max(120_000);
const id = z.string().min(1).max(200);

/** To be spread into the schema of a version's settings. */
export const platformSettings = {
  ring_duration_sec: phone(z.int().min(1).max(600), 5),
  voicemail_detection: phone(z.boolean(), true),
  hangup_on_voicemail: phone(z.boolean(), false),
  voicemail_message: phone(z.string().max(5_000).nullable()),
  listen_for_keypad: phone(z.boolean(), true),
  keypad_timeout_sec: phone(z.number().min(0).max(15), 5),
  termination_key: phone(z.string().max(1).nullable(), '#'),
  digit_limit: phone(z.int().min(1).max(50), 1),
  ambient_noise: kept(z.union([z.string().max(200), z.boolean()]).nullable()),
  background_sound: kept(z.string().max(200).nullable()),
  background_sound_volume: kept(z.number().min(0).max(2), 1),
  response_eagerness: kept(share, 1),
  backchanneling: kept(z.boolean(), false),
  backchannel_frequency: kept(share, 0.5),
  backchannel_keywords: kept(z.array(z.string().min(1).max(50)).max(100)),
  transcription_mode: kept(
    z.enum(['optimize_for_speed', 'optimize_for_accuracy']),
    'optimize_for_speed',
  ),
  denoising_mode: kept(z.enum(['remove_noise', 'remove_noise_and_speech']).nullable()),
  speech_normalization: kept(z.boolean(), false),
  transcript_formatting: kept(z.boolean(), false),
  boost_dynamic_variables: kept(z.boolean(), false),
  fallback_stt_enabled: kept(z.boolean(), false),
  stt_fallback_transcriber_id: kept(id.nullable()),
  stt_fallback_wait_ms: kept(milliseconds),
  fallback_llm_enabled: kept(z.boolean(), false),
  llm_fallback_delay_ms: kept(milliseconds, 500),
  llm_fallback_model: kept(id.nullable()),
  fallback_voices: kept(z.array(id).max(20)),
  opt_in_secure_urls: setting(
    z.boolean(),
    'Kept with the version; links to recordings are signed and expire in any case.',
  ),
  kb_max_chunks: kept(z.int().min(1).max(10)),
  kb_min_score: kept(share),
  knowledge_base_ids: kept(z.array(id).max(100)),
  voice_temperature: kept(z.number().min(0).max(2).nullable()),
  voice_volume: kept(z.number().min(0).max(10).nullable()),
  voice_pitch: kept(z.number().min(-1).max(1).nullable()),
};

/** Fails to compile when the schema and the wire drift apart. */
export type PlatformSettingsProof = Proof<
  Exact<z.output<z.ZodObject<typeof platformSettings>>, PlatformSettings>
>;
