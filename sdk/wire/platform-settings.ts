/**
 * Settings that a version of the platform has and that are kept here, so that such a version can be copied whole. One
 * that is left out means the platform's default.
 */
export interface PlatformSettings {
  /** Phone only. At least 1, default 5. */
  ring_duration_sec?: number;
  /** Phone only. Default `true`. */
  voicemail_detection?: boolean;
  /** Phone only. Default `false`. */
  hangup_on_voicemail?: boolean;
  /** Phone only. May hold `{{variables}}`. */
  voicemail_message?: string | null;
  /** Phone only. Default `true`. */
  listen_for_keypad?: boolean;
  /** Phone only. 0–15, default 5. */
  keypad_timeout_sec?: number;
  /** Phone only. Default `#`. */
  termination_key?: string | null;
  /** Phone only. 1–50, default 1. */
  digit_limit?: number;
  ambient_noise?: string | boolean | null;
  background_sound?: string | null;
  /** 0–2, default 1. */
  background_sound_volume?: number;
  /** 0–1, default 1. */
  response_eagerness?: number;
  /** Default `false`. */
  backchanneling?: boolean;
  /** 0–1, default 0.5. */
  backchannel_frequency?: number;
  backchannel_keywords?: string[];
  /** Default `optimize_for_speed`. */
  transcription_mode?: 'optimize_for_speed' | 'optimize_for_accuracy';
  denoising_mode?: 'remove_noise' | 'remove_noise_and_speech' | null;
  /** Default `false`. */
  speech_normalization?: boolean;
  /** Default `false`. */
  transcript_formatting?: boolean;
  /** Default `false`. */
  boost_dynamic_variables?: boolean;
  /** Default `false`. */
  fallback_stt_enabled?: boolean;
  stt_fallback_transcriber_id?: string | null;
  stt_fallback_wait_ms?: number;
  /** Default `false`. */
  fallback_llm_enabled?: boolean;
  /** Default 500. */
  llm_fallback_delay_ms?: number;
  llm_fallback_model?: string | null;
  fallback_voices?: string[];
  opt_in_secure_urls?: boolean;
  /** 1–10. */
  kb_max_chunks?: number;
  /** 0–1. */
  kb_min_score?: number;
  knowledge_base_ids?: string[];
  /** 0–2. */
  voice_temperature?: number | null;
  /** 0–10. */
  voice_volume?: number | null;
  /** −1 to 1. */
  voice_pitch?: number | null;
}
