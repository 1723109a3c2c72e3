/** The language model that a version names, and the one that steps in for it. Plugins are loaded only when they are used. */
import { llm } from '@livekit/agents';
import type { LlmSettings, VersionSettings } from '../../../sdk/wire/agent.js';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';
import type { AgentConfig } from '../config/agent-config.js';
import type { Embedder } from '../offline/embedding/embedder.js';
import { createOfflineTalk } from '../offline/knowledge/offline-talk.js';
import { OfflineLlm } from '../offline/offline-llm.js';
import type { OfflineLlmOptions } from '../offline/offline-llm.js';
import type { TurnNotes } from '../report/turn-notes.js';
import { buildAll, onEach } from './build-all.js';
import { compatibleServer, keyOf, openaiServer } from './provider-access.js';
import { ProviderError } from './provider-error.js';
import type { ProviderWatch } from './provider-watch.js';
import { WatchedLlm } from './watched-llm.js';

/** What a model may take for its first word before another is asked. */
const FALLBACK_AFTER_MS = 5_000;

/** Where the version names none. */
const USUAL_MODELS = {
  openai: 'gpt-4.1-mini',
  groq: 'llama-3.3-70b-versatile',
  openai_compatible: 'default',
} as const;

/** What the offline model thinks with. */
export interface OfflineThought extends Pick<OfflineLlmOptions, 'fill' | 'since'> {
  /** `null`: it goes by words. */
  embedder: Embedder | null;
  notes: TurnNotes;
}

/** Throws `ProviderError` when the key or the address is missing, or anything that the offline model could say. */
export async function buildLlm(
  { settings, fallbacks }: Pick<AgentJob, 'settings' | 'fallbacks'>,
  config: AgentConfig,
  watch: ProviderWatch,
  offline: OfflineThought,
): Promise<llm.LLM> {
  const chosen = [settings.llm, ...(fallbacks.llm ? [fallbacks.llm] : [])];
  const [first, ...others] = await buildAll('llm', chosen, watch, async (one, name) => {
    const model = await buildOne(one, settings, config, offline);
    watch.usage.follow('llm', one, model);
    return new WatchedLlm(model, name, watch);
  });
  const model =
    others.length === 0
      ? first
      : new llm.FallbackAdapter({
          llms: [first, ...others],
          attemptTimeout: (settings.llm_fallback_delay_ms || FALLBACK_AFTER_MS) / 1000,
        });
  const chat = model.chat.bind(model);
  // Not where each is asked: whether one that failed is well again is asked as well.
  model.chat = (request: Parameters<llm.LLM['chat']>[0]) => {
    const answer = watch.asked();
    return onEach(chat(request), (chunk: llm.ChatChunk) => watch.thought(chunk, answer));
  };
  return model;
}

async function buildOne(
  { provider, model }: LlmSettings,
  settings: VersionSettings,
  config: AgentConfig,
  { embedder, notes, fill, since }: OfflineThought,
): Promise<llm.LLM> {
  if (provider === 'offline') {
    const talk = createOfflineTalk(settings, embedder);
    if (!talk) throw ProviderError.noKnowledge();
    const { functions, welcome_message: greeting } = settings;
    return new OfflineLlm({
      talk,
      functions,
      greeting,
      notes,
      ...(fill ? { fill } : {}),
      ...(since === undefined ? {} : { since }),
    });
  }
  const temperature =
    settings.llm_temperature === null ? {} : { temperature: settings.llm_temperature };
  if (provider === 'google') {
    const google = await import('@livekit/agents-plugin-google');
    const apiKey = keyOf(config, provider);
    return new google.LLM({ apiKey, model: model ?? 'gemini-2.5-flash', ...temperature });
  }
  const isHome = provider === 'openai_compatible';
  const access = isHome ? compatibleServer(config, 'llm') : openaiServer(config, provider);
  const openai = await import('@livekit/agents-plugin-openai');
  const { openaiClient } = await import('./openai-client.js');
  return new openai.LLM({
    client: openaiClient(access),
    model: model ?? USUAL_MODELS[provider],
    ...temperature,
  });
}
