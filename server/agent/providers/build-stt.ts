/** The recogniser that a version names. Plugins are loaded only when they are used. */
import { stt } from '@livekit/agents';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { AgentConfig } from '../config/agent-config.js';
import { vocabularyOf } from '../offline/dialogue/vocabulary-of.js';
import { OfflineStt } from '../offline/offline-stt.js';
import type { Moonshine } from '../offline/speech/moonshine.js';
import type { Prewarmed } from '../job/prewarm.js';
import { ProviderError } from './provider-error.js';

/** What recognises a caller's speech without an account. */
export interface OfflineSpeechInput extends Pick<Prewarmed, 'vad' | 'phrases'> {
  /** Rejects where its weights are missing: only the calls that need it are the worse for it. */
  recogniser: () => Promise<Moonshine>;
}

const GROQ_URL = 'https://api.groq.com/openai/v1';

/** Throws `ProviderError` when the key is missing, or the weights of the offline recogniser. */
export async function buildStt(
  settings: VersionSettings,
  config: AgentConfig,
  offline: OfflineSpeechInput,
): Promise<stt.STT> {
  const { provider, model } = settings.transcriber;
  if (provider === 'offline') {
    const moonshine = await offline.recogniser().catch((cause: unknown) => {
      throw ProviderError.noRecogniser(cause);
    });
    const { llm, dialogue } = settings;
    // Another model understands more than the dialogue holds: nothing may be pulled towards it.
    const vocabulary = llm.provider === 'offline' && dialogue ? vocabularyOf(dialogue) : [];
    return new stt.StreamAdapter(new OfflineStt(moonshine, vocabulary), offline.phrases);
  }
  const apiKey = config.providerKeys[provider];
  if (!apiKey) throw ProviderError.noKey(provider);
  const named = model === undefined ? {} : { model };
  if (provider === 'deepgram') {
    const deepgram = await import('@livekit/agents-plugin-deepgram');
    const { language, boosted_keywords: keyterm } = settings;
    const boosted = keyterm.length > 0 ? { keyterm } : {};
    return new deepgram.STT({ apiKey, language, ...named, ...boosted });
  }
  const openai = await import('@livekit/agents-plugin-openai');
  const baseURL = provider === 'groq' ? GROQ_URL : config.openaiBaseUrl;
  const language = settings.language.split('-')[0] ?? 'en';
  const address = baseURL === undefined ? {} : { baseURL };
  const chosen = provider === 'groq' ? { model: model ?? 'whisper-large-v3-turbo' } : named;
  const recogniser = new openai.STT({
    apiKey,
    language,
    useRealtime: false,
    ...chosen,
    ...address,
  });
  return new stt.StreamAdapter(recogniser, offline.vad);
}
