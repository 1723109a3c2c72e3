/** The voice that a version names, and those that step in for it. Plugins are loaded only when they are used. */
import { tts } from '@livekit/agents';
import type { VoiceSettings } from '../../../sdk/wire/agent.js';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';
import type { AgentConfig } from '../config/agent-config.js';
import { hibariFiles } from '../offline/models/model-files.js';
import { OfflineTts } from '../offline/offline-tts.js';
import type { SpeakHibari } from '../offline/speech/hibari/shared-hibari.js';
import { ownWords } from '../offline/speech/own-words.js';
import { FLITE_VOICES, fliteSpeaker, hibariSpeaker } from '../offline/speech/speaker.js';
import { SpokenSentences } from '../offline/speech/spoken-sentences.js';
import type { Prewarmed } from '../job/prewarm.js';
import { buildAll, onEach } from './build-all.js';
import { compatibleServer, keyOf } from './provider-access.js';
import type { ProviderWatch } from './provider-watch.js';
import { SpeechServerTts } from './speech-server-tts.js';

/** What speaks without an account. */
export interface OfflineSpeechOutput extends Pick<Prewarmed, 'flite' | 'sentences'> {
  /** In the process that all calls share. */
  hibari: SpeakHibari;
  /** Told once that it cannot speak and flite does. */
  hibariFailed: (error: unknown) => void;
}

type OwnVersion = Pick<AgentJob, 'settings' | 'variables'>;

/** What ElevenLabs takes when nothing is said; a speed cannot be given without. */
const ELEVENLABS_VOICE = { stability: 0.5, similarity_boost: 0.75 };
const OPENAI_URL = 'https://api.openai.com/v1';
/** How often a voice that failed is asked whether it is well again. */
const RECOVERY_MS = 10_000;

/** Throws `ProviderError` when the key or the address is missing. */
export async function buildTts(
  version: Pick<AgentJob, 'settings' | 'fallbacks' | 'variables'>,
  config: AgentConfig,
  offline: OfflineSpeechOutput,
  watch: ProviderWatch,
): Promise<tts.TTS> {
  const { settings, fallbacks } = version;
  const chosen = [settings.voice, ...fallbacks.voices];
  const all = await buildAll('voice', chosen, watch, async (one, name) => {
    const built = await buildOne(one, version, config, offline);
    watch.usage.follow('voice', one, built);
    const speaker = inStreams(built);
    const stream = speaker.stream.bind(speaker);
    // What is asked whether it is well again is not asked for a stream.
    speaker.stream = (options) =>
      onEach(stream(options), (sound: unknown) => {
        if (sound !== tts.SynthesizeStream.END_OF_STREAM) watch.spoke(name);
      });
    return { name, speaker };
  });
  const speakers = all.map(({ speaker }) => speaker);
  const voice =
    speakers.length === 1
      ? all[0].speaker
      : new tts.FallbackAdapter({
          ttsInstances: speakers,
          maxRetryPerTTS: 0,
          recoveryDelayMs: RECOVERY_MS,
        });
  for (const { name, speaker } of all) {
    // The adapter would pass on that one failed for whom another spoke, and the session would close.
    if (speaker !== voice) speaker.removeAllListeners('error');
    speaker.on('error', ({ error, recoverable }) => {
      if (!recoverable) watch.failed('voice', name, error);
    });
  }
  const stream = voice.stream.bind(voice);
  // What is going to be said next waits until this has failed, however soon it was decided.
  voice.stream = (options) => {
    watch.newSpeech();
    return stream(options);
  };
  return voice;
}

function inStreams(speaker: tts.TTS): tts.TTS {
  if (speaker.capabilities.streaming) return speaker;
  const adapter = new tts.StreamAdapter(speaker, new SpokenSentences());
  // By which traces name it.
  return Object.defineProperties(adapter, {
    model: { get: () => speaker.model },
    provider: { get: () => speaker.provider },
  });
}

async function buildOne(
  { provider, model, voice_id: voice }: VoiceSettings,
  version: OwnVersion,
  config: AgentConfig,
  offline: OfflineSpeechOutput,
): Promise<tts.TTS> {
  const speed = version.settings.voice_speed;
  const named = model === undefined ? {} : { model };
  switch (provider) {
    case 'offline':
      return buildOffline(voice, version, config, offline);
    case 'elevenlabs': {
      const elevenlabs = await import('@livekit/agents-plugin-elevenlabs');
      return new elevenlabs.TTS({
        apiKey: keyOf(config, provider),
        ...(voice === undefined ? {} : { voiceId: voice }),
        ...(speed === 1
          ? {}
          : { voiceSettings: { ...ELEVENLABS_VOICE, speed: between(speed, 0.7, 1.2) } }),
        ...named,
      });
    }
    case 'cartesia': {
      const cartesia = await import('@livekit/agents-plugin-cartesia');
      return new cartesia.TTS({
        apiKey: keyOf(config, provider),
        ...(voice === undefined ? {} : { voice }),
        ...(speed === 1 ? {} : { speed: between(speed, 0.6, 2) }),
        ...named,
      });
    }
    case 'deepgram': {
      const deepgram = await import('@livekit/agents-plugin-deepgram');
      const apiKey = keyOf(config, provider);
      const preferred = model ?? voice;
      return new deepgram.TTS({ apiKey, ...(preferred === undefined ? {} : { model: preferred }) });
    }
    case 'openai':
      return new SpeechServerTts({
        baseURL: (config.openaiBaseUrl ?? OPENAI_URL).replace(/\/+$/, ''),
        apiKey: keyOf(config, provider),
        model: model ?? 'tts-1',
        voice: voice ?? 'alloy',
        speed,
        format: 'pcm',
      });
    case 'openai_compatible':
      return new SpeechServerTts({
        ...compatibleServer(config, 'voice'),
        model: model ?? 'default',
        voice: voice ?? 'default',
        speed,
        format: 'wav',
      });
  }
}

/** The neural voice unless the version names one of flite's, or the files are not there. */
function buildOffline(
  voice: string | undefined,
  version: OwnVersion,
  { voiceModelsDir }: AgentConfig,
  { flite, sentences, hibari, hibariFailed }: OfflineSpeechOutput,
): tts.TTS {
  const { settings } = version;
  const cache = settings.audio_cache_enabled ? sentences : null;
  const how = { speed: settings.voice_speed, cache, isForAll: ownWords(version) };
  const isFlites = voice !== undefined && FLITE_VOICES.includes(voice);
  const hasHibari = hibariFiles(voiceModelsDir) !== null;
  if (!isFlites && hasHibari) {
    const speaker = hibariSpeaker(hibari);
    const standIn = fliteSpeaker(flite, 'slt', speaker.sampleRate);
    return new OfflineTts(speaker, { ...how, standIn, failed: hibariFailed });
  }
  const named = isFlites ? voice : 'slt';
  // Its first sentence compiles it, while the caller is still on the way in; elsewhere the process was started with one.
  if (hasHibari) flite.speak('Hello.', named, 1).catch(() => undefined);
  return new OfflineTts(fliteSpeaker(flite, named), how);
}

function between(speed: number, slowest: number, fastest: number): number {
  return Math.min(fastest, Math.max(slowest, speed));
}
