/** A session of the agent framework, which takes of each version that speaks in it what the framework asks the session alone. */
import { voice } from '@livekit/agents';
import type { APIConnectOptions, VAD } from '@livekit/agents';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';
import type { VersionSettings } from '../../../sdk/wire/agent.js';

const LONGEST_TURN_END_MS = 1_500;
/** What a model may take for its first word, and a voice for its first sound. */
const ANSWER_MS = 10_000;
/** Echo cancellation in the browser needs a moment to learn the room. */
const ECHO_LEARNING_MS = 1_000;

/** When the caller's turn is over, and when it breaks in on the agent's. */
export type TurnHandling = NonNullable<
  ConstructorParameters<typeof voice.Agent>[0]['turnHandling']
>;

/** What is the same for all agents that may speak in it; the rest is each agent's own. */
export function buildSession(vad: VAD): voice.AgentSession {
  return new voice.AgentSession({
    vad,
    connOptions: {
      // When it is enough is for the watch to say, which knows what to tell of it.
      maxUnrecoverableErrors: Infinity,
    },
    userAwayTimeout: null,
    // Aligned text comes sentence by sentence without the spaces between them.
    useTtsAlignedTranscript: false,
    aecWarmupDuration: ECHO_LEARNING_MS,
    turnHandling: {
      turnDetection: 'vad',
      interruption: { mode: 'vad' },
      preemptiveGeneration: { enabled: false },
    },
  });
}

/** Of an agent of this version. */
export function turnHandlingOf(settings: VersionSettings): TurnHandling {
  return {
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
  };
}

/** An agent of this version speaks from now on. */
export function tuneSession(
  session: voice.AgentSession,
  { settings, fallbacks }: Pick<AgentJob, 'settings' | 'fallbacks'>,
): void {
  const { sessionOptions, connOptions } = session;
  Object.assign(sessionOptions.turnHandling.interruption, turnHandlingOf(settings).interruption);
  Object.assign(connOptions.llmConnOptions, connectOptions(fallbacks.llm !== null));
  Object.assign(connOptions.ttsConnOptions, connectOptions(fallbacks.voices.length > 0));
}

/** Whoever is not there is asked once more, unless somebody else can be. */
function connectOptions(hasFallback: boolean): APIConnectOptions {
  return { maxRetry: hasFallback ? 0 : 1, retryIntervalMs: 500, timeoutMs: ANSWER_MS };
}
