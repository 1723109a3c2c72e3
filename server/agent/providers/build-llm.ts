/** The language model that a version names. Plugins are loaded only when they are used. */
import type { llm } from '@livekit/agents';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { AgentConfig } from '../config/agent-config.js';
import { createOfflineTalk } from '../offline/knowledge/offline-talk.js';
import { OfflineLlm } from '../offline/offline-llm.js';
import { ProviderError } from './provider-error.js';

const GROQ_URL = 'https://api.groq.com/openai/v1';

/** Throws `ProviderError` when the key is missing, or anything that the offline model could say. */
export async function buildLlm(
  settings: VersionSettings,
  config: AgentConfig,
  onIntent: (messageId: string, intent: string) => void,
): Promise<llm.LLM> {
  const { provider, model } = settings.llm;
  if (provider === 'offline') {
    const talk = createOfflineTalk(settings);
    if (!talk) throw ProviderError.noKnowledge();
    const { functions, welcome_message: greeting } = settings;
    return new OfflineLlm({ talk, functions, greeting, onIntent });
  }
  const apiKey = config.providerKeys[provider];
  if (!apiKey) throw ProviderError.noKey(provider);
  const temperature =
    settings.llm_temperature === null ? {} : { temperature: settings.llm_temperature };
  if (provider === 'google') {
    const google = await import('@livekit/agents-plugin-google');
    return new google.LLM({ apiKey, model: model ?? 'gemini-2.5-flash', ...temperature });
  }
  const openai = await import('@livekit/agents-plugin-openai');
  const baseURL = provider === 'groq' ? GROQ_URL : config.openaiBaseUrl;
  return new openai.LLM({
    apiKey,
    model: model ?? (provider === 'groq' ? 'llama-3.3-70b-versatile' : 'gpt-4.1-mini'),
    ...(baseURL === undefined ? {} : { baseURL }),
    ...temperature,
  });
}
