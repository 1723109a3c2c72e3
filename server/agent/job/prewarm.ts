/** What a job's process gets ready before there is a call: the offline voice and the detectors. */
import type { AgentConfig } from '../config/agent-config.js';
import { hibariFiles } from '../offline/models/model-files.js';
import { openFlite } from '../offline/speech/flite.js';
import type { Flite } from '../offline/speech/flite.js';
import { createSentenceCache } from '../offline/speech/sentence-cache.js';
import type { SentenceCache } from '../offline/speech/sentence-cache.js';
import { openSentenceFiles } from '../offline/speech/sentence-files.js';
import { SpeechDetector } from '../session/speech-detector.js';

/** Silence that ends a turn. */
const END_OF_TURN_MS = 400;
/** Silence after which the recogniser sets to work, so that its text is there when the turn ends. */
const END_OF_PHRASE_MS = 240;
const SERVER_MS = 3_000;

/** Ready for a call. */
export interface Prewarmed {
  flite: Flite;
  /** What the offline voice has said. */
  sentences: SentenceCache;
  /** Finds the end of a turn. */
  vad: SpeechDetector;
  /** Cuts the caller's speech into phrases for a recogniser that takes whole ones. */
  phrases: SpeechDetector;
}

/** Loads the models, and speaks once where flite will be the voice, so that the first turn is as quick as the others. */
export async function prewarm(config: AgentConfig): Promise<Prewarmed> {
  const flite = openFlite();
  await Promise.allSettled([
    hibariFiles(config.voiceModelsDir) ? null : flite.speak('Hello.', 'slt', 1),
    // The first request of a process costs ten times the second.
    fetch(new URL('/healthz', config.serverUrl), { signal: AbortSignal.timeout(SERVER_MS) }),
  ]);
  return {
    flite,
    sentences: createSentenceCache(
      config.sentencesDir === null ? null : openSentenceFiles(config.sentencesDir),
    ),
    vad: detector(END_OF_TURN_MS),
    phrases: detector(END_OF_PHRASE_MS),
  };
}

function detector(minSilenceDuration: number): SpeechDetector {
  return new SpeechDetector({
    model: 'silero',
    minSilenceDuration,
    minSpeechDuration: 96,
    prefixPaddingDuration: 400,
  });
}
