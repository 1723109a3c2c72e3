/** A session of the agent framework, made from a published version. */
import { voice } from '@livekit/agents';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { AgentConfig } from '../config/agent-config.js';
import type { Prewarmed } from '../job/prewarm.js';
import { buildLlm } from '../providers/build-llm.js';
import { buildStt } from '../providers/build-stt.js';
import type { OfflineSpeechInput } from '../providers/build-stt.js';
import { buildTts } from '../providers/build-tts.js';

const LONGEST_TURN_END_MS = 1_500;
/** Echo cancellation in the browser needs a moment to learn the room. */
const ECHO_LEARNING_MS = 1_000;

/** Throws `ProviderError` for a version that this worker cannot run. */
export async function buildSession(
  settings: VersionSettings,
  config: AgentConfig,
  offline: Prewarmed & OfflineSpeechInput,
  onIntent: (messageId: string, intent: string) => void,
): Promise<voice.AgentSession> {
  const [stt, llm, tts] = await Promise.all([
    buildStt(settings, config, offline),
    buildLlm(settings, config, onIntent),
    buildTts(settings, config, offline),
  ]);
  return new voice.AgentSession({
    stt,
    llm,
    tts,
    vad: offline.vad,
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
