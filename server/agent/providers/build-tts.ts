/** The voice that a version names. Plugins are loaded only when they are used. */
import { tokenize, tts } from '@livekit/agents';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { AgentConfig } from '../config/agent-config.js';
import { OfflineTts } from '../offline/offline-tts.js';
import type { Prewarmed } from '../job/prewarm.js';
import { ProviderError } from './provider-error.js';

/** What ElevenLabs takes when nothing is said; a speed cannot be given without. */
const ELEVENLABS_VOICE = { stability: 0.5, similarity_boost: 0.75 };

/** Throws `ProviderError` when the key is missing. */
export async function buildTts(
  settings: VersionSettings,
  config: AgentConfig,
  warm: Prewarmed,
): Promise<tts.TTS> {
  const { provider, model, voice_id: voice } = settings.voice;
  const speed = settings.voice_speed;
  const sentences = new tokenize.basic.SentenceTokenizer({ minSentenceLength: 8 });
  if (provider === 'offline') {
    const isKept = settings.audio_cache_enabled;
    return new tts.StreamAdapter(new OfflineTts(warm.flite, { voice, speed, isKept }), sentences);
  }
  const apiKey = config.providerKeys[provider];
  if (!apiKey) throw ProviderError.noKey(provider);
  const named = model === undefined ? {} : { model };
  switch (provider) {
    case 'elevenlabs': {
      const elevenlabs = await import('@livekit/agents-plugin-elevenlabs');
      return new elevenlabs.TTS({
        apiKey,
        ...(voice === undefined ? {} : { voiceId: voice }),
        ...(speed === 1
          ? {}
          : { voiceSettings: { ...ELEVENLABS_VOICE, speed: within(speed, 0.7, 1.2) } }),
        ...named,
      });
    }
    case 'cartesia': {
      const cartesia = await import('@livekit/agents-plugin-cartesia');
      return new cartesia.TTS({
        apiKey,
        ...(voice === undefined ? {} : { voice }),
        ...(speed === 1 ? {} : { speed: within(speed, 0.6, 2) }),
        ...named,
      });
    }
    case 'deepgram': {
      const deepgram = await import('@livekit/agents-plugin-deepgram');
      const chosen = model ?? voice;
      return new deepgram.TTS({ apiKey, ...(chosen === undefined ? {} : { model: chosen }) });
    }
    case 'openai': {
      const openai = await import('@livekit/agents-plugin-openai');
      const baseURL = config.openaiBaseUrl;
      const speaker = new openai.TTS({
        apiKey,
        speed,
        ...(voice === undefined ? {} : { voice: voice as never }),
        ...(baseURL === undefined ? {} : { baseURL }),
        ...named,
      });
      return new tts.StreamAdapter(speaker, sentences);
    }
  }
}

function within(speed: number, slowest: number, fastest: number): number {
  return Math.min(fastest, Math.max(slowest, speed));
}
