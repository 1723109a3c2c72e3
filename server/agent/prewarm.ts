/** What a job's process gets ready before there is a call: the offline recogniser, voice and detector. */
import { inference } from '@livekit/agents';
import type { AgentConfig } from './agent-config.js';
import { openFlite } from './offline/speech/flite.js';
import type { Flite } from './offline/speech/flite.js';
import { loadMoonshine } from './offline/speech/moonshine.js';
import type { Moonshine } from './offline/speech/moonshine.js';

/** Silence that ends a turn. */
const END_OF_TURN_MS = 400;
const SAMPLE_RATE = 16_000;

/** Ready for a call. */
export interface Warm {
  moonshine: Moonshine;
  flite: Flite;
  vad: inference.VAD;
}

/** Loads the models and runs each once, so that the first turn is as quick as the others. */
export async function prewarm(config: AgentConfig): Promise<Warm> {
  const flite = openFlite({ cache: true });
  const [moonshine] = await Promise.all([
    loadMoonshine(config.voiceModelsDir),
    flite.speak('Hello.', 'slt', 1),
  ]);
  await moonshine.recognize(new Float32Array(SAMPLE_RATE));
  const vad = new inference.VAD({
    model: 'silero',
    minSilenceDuration: END_OF_TURN_MS,
    minSpeechDuration: 96,
    prefixPaddingDuration: 400,
  });
  return { moonshine, flite, vad };
}
