/** A session of the agent framework, made from a published version. */
import { voice } from '@livekit/agents';
import type { APIConnectOptions } from '@livekit/agents';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';
import type { AgentConfig } from '../config/agent-config.js';
import type { Prewarmed } from '../job/prewarm.js';
import { buildLlm } from '../providers/build-llm.js';
import type { OfflineThought } from '../providers/build-llm.js';
import { buildStt } from '../providers/build-stt.js';
import type { OfflineSpeechInput } from '../providers/build-stt.js';
import { buildTts } from '../providers/build-tts.js';
import type { OfflineSpeechOutput } from '../providers/build-tts.js';
import type { ProviderWatch } from '../providers/provider-watch.js';

const LONGEST_TURN_END_MS = 1_500;
/** What a model may take for its first word, and a voice for its first sound. */
const ANSWER_MS = 10_000;
/** Echo cancellation in the browser needs a moment to learn the room. */
const ECHO_LEARNING_MS = 1_000;

/** Throws `ProviderError` for a version that this worker cannot run. */
export async function buildSession(
  job: Pick<AgentJob, 'settings' | 'fallbacks'>,
  config: AgentConfig,
  offline: Prewarmed & OfflineSpeechInput & OfflineThought & OfflineSpeechOutput,
  watch: ProviderWatch,
): Promise<voice.AgentSession> {
  const { settings, fallbacks } = job;
  const [stt, llm, tts] = await Promise.all([
    buildStt(job, config, offline, watch),
    buildLlm(job, config, watch, offline),
    buildTts(job, config, offline, watch),
  ]);
  return new voice.AgentSession({
    stt,
    llm,
    tts,
    vad: offline.vad,
    connOptions: {
      llmConnOptions: connectOptions(fallbacks.llm !== null),
      ttsConnOptions: connectOptions(fallbacks.voices.length > 0),
      // When it is enough is for the watch to say, which knows what to tell of it.
      maxUnrecoverableErrors: Infinity,
    },
    userAwayTimeout: null,
    // Aligned text comes sentence by sentence without the spaces between them.
    useTtsAlignedTranscript: false,
    aecWarmupDuration: ECHO_LEARNING_MS,
    turnHandling: {
      turnDetection: 'vad',
      endpointing: {
        mode: 'fixed',
        // From the middle on, the detector's own silence is all that is waited for.
        minDelay: Math.max(0, 500 - 1_000 * settings.responsiveness),
        maxDelay: LONGEST_TURN_END_MS,
      },
      interruption: {
        enabled: settings.allow_interruptions,
        mode: 'vad',
        // Half a second at the least sensitive, a tenth at the most.
        minDuration: 500 - 400 * settings.interruption_sensitivity,
      },
      preemptiveGeneration: { enabled: false },
    },
  });
}

/** Whoever is not there is asked once more, unless somebody else can be. */
function connectOptions(hasFallback: boolean): APIConnectOptions {
  return { maxRetry: hasFallback ? 0 : 1, retryIntervalMs: 500, timeoutMs: ANSWER_MS };
}
