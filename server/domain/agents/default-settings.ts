/** What a new agent is before anybody has said anything about it. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';

/** The platform's defaults, on the offline voice. */
export const DEFAULT_SETTINGS: VersionSettings = {
  prompt: '',
  language: 'en',
  conversation_start_type: 'agent_defined',
  welcome_message: 'Hello, how can I help you?',
  allow_interruptions: true,
  transcriber: { provider: 'offline' },
  llm: { provider: 'offline' },
  voice: { provider: 'offline' },
  functions: [],
  default_dynamic_variables: {},
  post_call_analysis: [],
  max_call_duration_sec: 600,
  end_call_on_silence_sec: 15,
  reminder_message_interval: 9,
  reminder_message_frequency: 1,
  pause_before_speaking_sec: 0,
  interruption_sensitivity: 0.5,
  responsiveness: 0.5,
  llm_temperature: null,
  voice_speed: 1,
  boosted_keywords: [],
  audio_cache_enabled: true,
  opt_out_sensitive_data_storage: false,
  dialogue: null,
};
