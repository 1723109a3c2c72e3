/** Agents and their versions as REST shows them. */
import type { Dialogue } from './dialogue.js';
import type { PlatformSettings } from './platform-settings.js';
import type { VariableValue } from './web-call.js';

/** `offline` needs no account; every other provider needs its key in the server's environment. */
export type SttProvider = 'offline' | 'deepgram' | 'openai' | 'groq';
export type LlmProvider = 'offline' | 'openai' | 'groq' | 'google';
export type TtsProvider = 'offline' | 'openai' | 'elevenlabs' | 'cartesia' | 'deepgram';

/** Speech to text. */
export interface TranscriberSettings {
  provider: SttProvider;
  model?: string;
}

/** Language model. */
export interface LlmSettings {
  provider: LlmProvider;
  model?: string;
}

/** Text to speech. */
export interface VoiceSettings {
  provider: TtsProvider;
  /** The provider's own name of the voice; offline: `slt`, `rms`, `awb`, `kal16`. */
  voice_id?: string;
  model?: string;
}

/** Ends the call when the agent decides to. */
export interface EndCallFunction {
  type: 'end_call';
  name: string;
  description: string;
}

/** Calls an HTTP endpoint of yours. */
export interface CustomFunction {
  type: 'custom';
  name: string;
  description: string;
  /** Texts may hold `{{variables}}`; in the address their values are URL-encoded. */
  config: {
    url: string;
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    headers?: Record<string, string>;
    /** JSON Schema of the arguments. */
    parameters: Record<string, unknown>;
    /** Default 10,000; at most 120,000. */
    timeout_ms?: number;
  };
}

/** Hands the caller over. A web caller has no number: the page receives the destination. */
export interface CallTransferFunction {
  type: 'call_transfer';
  name: string;
  description: string;
  config: { destinations: string[] };
}

export type AgentFunction = EndCallFunction | CustomFunction | CallTransferFunction;

/** One field that the analysis after the call fills in. */
export interface PostCallField {
  field_name: string;
  field_type: 'NUMBER' | 'STRING' | 'BOOLEAN' | 'ENUM';
  field_description: string;
  /** For `ENUM`. */
  options?: string[];
}

/** Everything that a published version freezes. */
export interface VersionSettings extends PlatformSettings {
  prompt: string;
  /** BCP 47. */
  language: string;
  conversation_start_type: 'user' | 'agent_dynamic' | 'agent_defined';
  welcome_message: string | null;
  allow_interruptions: boolean;
  transcriber: TranscriberSettings;
  llm: LlmSettings;
  voice: VoiceSettings;
  functions: AgentFunction[];
  /** Used where a call gives no value. */
  default_dynamic_variables: Record<string, VariableValue>;
  post_call_analysis: PostCallField[];
  /** 60–5400, default 600. */
  max_call_duration_sec: number;
  /** 15–30, default 15; exceeds `reminder_message_interval` by more than 5. */
  end_call_on_silence_sec: number;
  /** Seconds of silence before the agent asks whether the caller is there. Default 9. */
  reminder_message_interval: number;
  /** How often it asks. Default 1. */
  reminder_message_frequency: number;
  /** 0–10. Default 0, not the platform's 2: whoever clicked a button waits for the greeting. */
  pause_before_speaking_sec: number;
  /** 0–1, default 0.5. */
  interruption_sensitivity: number;
  /** 0–1, default 0.5. */
  responsiveness: number;
  /** 0–2. */
  llm_temperature: number | null;
  /** 0.25–4, default 1. */
  voice_speed: number;
  /** At most 100 of 50 letters, digits and spaces; 2,000 characters in all. */
  boosted_keywords: string[];
  audio_cache_enabled: boolean;
  /** Keeps neither recording nor transcript. */
  opt_out_sensitive_data_storage: boolean;
  /** What the offline language model knows. Needed when `llm.provider` is `offline`. */
  dialogue: Dialogue | null;
}

/** An agent; its behaviour is in its versions. */
export interface Agent {
  id: string;
  title: string;
  created_at: string;
  updated_at: string;
  /** The newest published version's number. */
  current_version_number: number | null;
  current_version_id: string | null;
  draft_version_number: number;
}

/** A version: a draft that may change, or a published snapshot that never does. */
export interface AgentVersion {
  id: string;
  agent_id: string;
  version_number: number;
  version_title: string | null;
  is_published: boolean;
  published_at: string | null;
  /** The key that published it. */
  published_by: string | null;
  created_at: string;
  updated_at: string;
  settings: VersionSettings;
}

/** What one field was and became. */
export interface SettingChange {
  /** E.g. `voice.voice_id`. */
  path: string;
  before: unknown;
  after: unknown;
}
