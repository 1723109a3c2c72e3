/** What the caller really hears of the agent, which is less than what the framework hands out. */
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/** Told as soon as the agent is silent. */
export interface Heard {
  until(at: number): void;
  /** The words that were heard of an answer that was cut off, where they are known. */
  words(text: string | undefined): void;
}

/**
 * Silences the rest of an answer that was interrupted, and tells what was heard. The framework pauses at the caller's
 * first sound; when it then knows that it was an interruption, it lets the sound go on for an instant before it throws
 * the rest away: a click in the caller's ear.
 */
export function followVoice(
  session: voice.AgentSession,
  output: voice.AudioOutput,
  heard: Heard,
): void {
  const capture = output.captureFrame.bind(output);
  const resume = output.resume.bind(output);
  const waiting = new Set<AudioFrame>();
  let latest: voice.SpeechHandle | null = null;
  let hushedAt = Infinity;
  let isHushed = false;
  const isCut = (): boolean => latest?.interrupted ?? false;

  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
    latest = speechHandle;
  });
  output.captureFrame = async (frame) => {
    if (isHushed) frame.data.fill(0);
    waiting.add(frame);
    await capture(frame);
    waiting.delete(frame);
  };
  output.resume = () => {
    isHushed = isCut();
    if (isHushed) {
      hushedAt = Date.now();
      for (const frame of waiting) frame.data.fill(0);
    }
    resume();
  };
  output.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, () => {
    hushedAt = Infinity;
    // Whatever was cut before: what begins now is to be heard.
    isHushed = false;
    heard.words(undefined);
  });
  output.on(voice.AudioOutput.EVENT_PLAYBACK_FINISHED, (event: voice.PlaybackFinishedEvent) => {
    isHushed = false;
    heard.words(event.interrupted ? event.synchronizedTranscript : undefined);
  });
  output.on(
    voice.AudioOutput.EVENT_PLAYBACK_PROGRESSED,
    ({ startedAt, duration }: voice.PlaybackProgressedEvent) => {
      const end = startedAt + duration;
      if (end < hushedAt) heard.until(end);
    },
  );
}
