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
  const pause = output.pause.bind(output);
  const resume = output.resume.bind(output);
  const waiting = new Set<AudioFrame>();
  let latest: voice.SpeechHandle | null = null;
  /** The answer that a pause holds back: by the end of the pause the next one may have been created. */
  let paused: voice.SpeechHandle | null = null;
  /** When the rest of an answer was thrown away; never, unless that answer still is the one that plays. */
  let hushedAt = Infinity;

  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
    latest = speechHandle;
  });
  output.captureFrame = async (frame) => {
    if (hushedAt < Infinity) frame.data.fill(0);
    waiting.add(frame);
    try {
      await capture(frame);
    } finally {
      waiting.delete(frame);
    }
  };
  output.pause = () => {
    paused ??= latest;
    pause();
  };
  output.resume = () => {
    const isCut = paused?.interrupted ?? false;
    paused = null;
    hushedAt = isCut ? Date.now() : Infinity;
    if (isCut) for (const frame of waiting) frame.data.fill(0);
    resume();
  };
  output.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, () => {
    hushedAt = Infinity;
    heard.words(undefined);
  });
  output.on(voice.AudioOutput.EVENT_PLAYBACK_FINISHED, (event: voice.PlaybackFinishedEvent) => {
    hushedAt = Infinity;
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
