/** Who steps in for a provider that fails, as the fallback settings of a version name it. */
import type {
  LlmProvider,
  LlmSettings,
  SttProvider,
  TranscriberSettings,
  TtsProvider,
  VersionSettings,
  VoiceSettings,
} from '../../../sdk/wire/agent.js';
import type { AgentJobFallbacks } from '../../../sdk/wire/agent-job.js';

const TRANSCRIBERS: Readonly<Record<SttProvider, true>> = {
  offline: true,
  deepgram: true,
  openai: true,
  groq: true,
  openai_compatible: true,
};
const MODELS: Readonly<Record<LlmProvider, true>> = {
  offline: true,
  openai: true,
  groq: true,
  google: true,
  openai_compatible: true,
};
const VOICES: Readonly<Record<TtsProvider, true>> = {
  offline: true,
  openai: true,
  elevenlabs: true,
  cartesia: true,
  deepgram: true,
  openai_compatible: true,
};

/** What the settings name, and one sentence for each name that is none: that one is left out. */
export function fallbacksOf(settings: VersionSettings): {
  fallbacks: AgentJobFallbacks;
  faults: string[];
} {
  const faults: string[] = [];
  const found = <T>(field: string, value: T | null, form: string): T | null => {
    if (value === null) faults.push(`${field}: must be ${form} of a provider that is known.`);
    return value;
  };
  let transcriber: TranscriberSettings | null = null;
  if (settings.fallback_stt_enabled) {
    const named = parse(settings.stt_fallback_transcriber_id, TRANSCRIBERS);
    transcriber = found('stt_fallback_transcriber_id', named, MODEL_FORM);
  }
  let llm: LlmSettings | null = null;
  if (settings.fallback_llm_enabled) {
    llm = found('llm_fallback_model', parse(settings.llm_fallback_model, MODELS), MODEL_FORM);
  }
  const voices = (settings.fallback_voices ?? []).flatMap((name, index) => {
    const voice = found(`fallback_voices[${index}]`, voiceOf(name), VOICE_FORM);
    return voice ? [voice] : [];
  });
  return { fallbacks: { transcriber, llm, voices }, faults };
}

const MODEL_FORM = '`provider` or `provider/model`';
const VOICE_FORM = '`provider`, `provider/voice` or `provider/model/voice`';

/** A model's name may hold slashes, a provider's does not. */
function parse<P extends string>(
  name: string | null | undefined,
  known: Readonly<Record<P, true>>,
): { provider: P; model?: string } | null {
  const [provider = '', ...rest] = (name ?? '').split('/');
  if (!Object.hasOwn(known, provider)) return null;
  const model = rest.join('/');
  return { provider: provider as P, ...(model === '' ? {} : { model }) };
}

/** The voice stands last: what is between is the model's name. */
function voiceOf(name: string): VoiceSettings | null {
  const named = parse(name, VOICES);
  if (!named?.model) return named;
  const parts = named.model.split('/');
  const voice_id = parts.pop() ?? '';
  const model = parts.join('/');
  return {
    provider: named.provider,
    ...(voice_id === '' ? {} : { voice_id }),
    ...(model === '' ? {} : { model }),
  };
}
