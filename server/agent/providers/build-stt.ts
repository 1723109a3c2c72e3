/** The recogniser that a version names, and the one that steps in for it. Plugins are loaded only when they are used. */
import { isDeepStrictEqual } from 'node:util';
import { stt } from '@livekit/agents';
import type { TranscriberSettings } from '../../../sdk/wire/agent.js';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';
import type { AgentConfig } from '../config/agent-config.js';
import { vocabularyOf } from '../offline/dialogue/vocabulary-of.js';
import { OfflineStt } from '../offline/offline-stt.js';
import type { Moonshine } from '../offline/speech/moonshine.js';
import type { Prewarmed } from '../job/prewarm.js';
import { buildAll } from './build-all.js';
import { compatibleServer, keyOf, openaiServer } from './provider-access.js';
import { ProviderError } from './provider-error.js';
import type { ProviderWatch } from './provider-watch.js';
import { TranscriptionServerStt } from './transcription-server-stt.js';
import { WatchedStt } from './watched-stt.js';

/** What recognises a caller's speech without an account. */
export interface OfflineSpeechInput extends Pick<Prewarmed, 'vad' | 'phrases'> {
  /** Rejects where its weights are missing: only the calls that need it are the worse for it. */
  recogniser: () => Promise<Moonshine>;
}

/** What an utterance may take where nobody else could be asked, and where somebody could. */
const TIMEOUT_MS = 15_000;
const FALLBACK_AFTER_MS = 5_000;

type Version = Pick<AgentJob, 'settings' | 'fallbacks'>;

/** All of a version that its recogniser depends on. */
interface Hearing {
  /** In the order in which they are asked. */
  chosen: readonly [TranscriberSettings, ...TranscriberSettings[]];
  timeoutMs: number;
  language: string;
  keywords: readonly string[];
  /** Sentences that the offline recogniser should expect. */
  vocabulary: readonly string[];
}

function hearingOf({ settings, fallbacks }: Version): Hearing {
  const { transcriber, llm, dialogue, language, boosted_keywords: keywords } = settings;
  const others = fallbacks.transcriber ? [fallbacks.transcriber] : [];
  return {
    chosen: [transcriber, ...others],
    timeoutMs:
      others.length === 0 ? TIMEOUT_MS : settings.stt_fallback_wait_ms || FALLBACK_AFTER_MS,
    language,
    keywords,
    // Another model understands more than the dialogue holds: nothing may be pulled towards it.
    vocabulary: llm.provider === 'offline' && dialogue ? vocabularyOf(dialogue) : [],
  };
}

/** Whether two versions have the same recogniser: then what is being said while one takes over from the other is not lost. */
export function hearAlike(one: Version, other: Version): boolean {
  return isDeepStrictEqual(hearingOf(one), hearingOf(other));
}

/** Its `provider` is the one that recognised last. Throws `ProviderError` when the key or the address is missing, or the weights of the offline recogniser. */
export async function buildStt(
  version: Version,
  config: AgentConfig,
  offline: OfflineSpeechInput,
  watch: ProviderWatch,
): Promise<stt.STT> {
  const hearing = hearingOf(version);
  const { chosen, timeoutMs } = hearing;
  const isAlone = chosen.length === 1;
  const all = await buildAll('transcriber', chosen, watch, async (one, name) => {
    const recogniser = await buildOne(one, hearing, config, offline);
    watch.usage.follow('transcriber', one, recogniser);
    if (recogniser.capabilities.streaming) {
      recogniser.on('error', ({ error, recoverable }) => {
        if (!recoverable) watch.failed('transcriber', name, error);
      });
      return Object.defineProperty(recogniser, 'provider', { value: name });
    }
    return new WatchedStt(recogniser, { name, timeoutMs, tries: isAlone ? 2 : 1 }, watch);
  });
  // The offline recogniser takes phrases while the caller goes on; everybody else whole utterances.
  const vad = chosen[0].provider === 'offline' ? offline.phrases : offline.vad;
  const [first, ...others] = all;
  const chain = others.length === 0 ? first : fallbackOf(all, offline, timeoutMs);
  // Utterance by utterance where all take whole ones, so that what the first has not heard is not lost.
  if (!all.every((one) => one instanceof WatchedStt)) return chain;
  const recognize = chain.recognize.bind(chain);
  // The framework writes a line and goes on: the caller would wait for an answer to what nobody has heard.
  chain.recognize = async (frame, signal) => {
    try {
      return await recognize(frame, signal);
    } catch (error) {
      if (!signal?.aborted) watch.exhausted('transcriber');
      throw error;
    }
  };
  const adapter = new stt.StreamAdapter(chain, vad);
  return Object.defineProperty(adapter, 'provider', { get: () => chain.provider });
}

function fallbackOf(
  all: stt.STT[],
  { vad }: OfflineSpeechInput,
  attemptTimeoutMs: number,
): stt.FallbackAdapter {
  const sttInstances = all.map((one) => (one instanceof WatchedStt ? one.inStreams(vad) : one));
  return new stt.FallbackAdapter({ sttInstances, attemptTimeoutMs, maxRetryPerSTT: 0 });
}

async function buildOne(
  { provider, model }: TranscriberSettings,
  { language: tag, keywords, vocabulary }: Hearing,
  config: AgentConfig,
  offline: OfflineSpeechInput,
): Promise<stt.STT> {
  if (provider === 'offline') {
    const moonshine = await offline.recogniser().catch((cause: unknown) => {
      throw ProviderError.noRecogniser(cause);
    });
    return new OfflineStt(moonshine, vocabulary);
  }
  const named = model === undefined ? {} : { model };
  if (provider === 'deepgram') {
    const deepgram = await import('@livekit/agents-plugin-deepgram');
    const boosted = keywords.length > 0 ? { keyterm: [...keywords] } : {};
    const apiKey = keyOf(config, provider);
    return new deepgram.STT({ apiKey, language: tag, ...named, ...boosted });
  }
  const language = tag.split('-')[0] ?? 'en';
  if (provider === 'openai_compatible') {
    const access = compatibleServer(config, 'transcriber');
    return new TranscriptionServerStt({ ...access, language, model: model ?? 'whisper-1' });
  }
  const access = openaiServer(config, provider);
  const openai = await import('@livekit/agents-plugin-openai');
  const { openaiClient } = await import('./openai-client.js');
  const common = { language, useRealtime: false, client: openaiClient(access) };
  const preferred = provider === 'groq' ? { model: model ?? 'whisper-large-v3-turbo' } : named;
  return new openai.STT({ ...common, ...access, ...preferred });
}
