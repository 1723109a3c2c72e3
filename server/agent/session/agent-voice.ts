/** What the caller really hears of the agent, which is less than what the framework hands out. */
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/** Told as soon as the agent is silent. */
export interface Heard {
  until(at: number): void;
  /** What was heard of the sound that is over now, word by word as it was played. */
  words(text: string): void;
}

/** What the framework's text output keeps to itself: where words go as they are played. */
interface Synchronized {
  nextInChain?: { captureText(text: string | { text: string }): Promise<void> };
}

/** How far the output's own idea of when a sound began may be off. */
const HUSH_MARGIN_MS = 50;

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
  /** When the rest of an answer was thrown away; never, once that answer is over or the next one begins. */
  let hushedAt = Infinity;
  /** What the caller's page was shown of this sound: an output that is taken away in the middle does not say it. */
  let shown = '';
  let isAttached = true;

  const page = (session.output.transcription as Synchronized | null)?.nextInChain;
  const show = page?.captureText.bind(page);
  if (page && show) {
    page.captureText = (text) => {
      if (isAttached) shown += typeof text === 'string' ? text : text.text;
      return show(text);
    };
  }
  const detach = output.onDetached.bind(output);
  output.onDetached = () => {
    // From here on the rest is shown at once, heard or not.
    isAttached = false;
    detach();
  };
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
    if (paused?.interrupted) {
      hushedAt = Date.now();
      for (const frame of waiting) frame.data.fill(0);
    }
    paused = null;
    resume();
  };
  output.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, () => {
    hushedAt = Infinity;
    shown = '';
  });
  output.on(voice.AudioOutput.EVENT_PLAYBACK_FINISHED, (event: voice.PlaybackFinishedEvent) => {
    hushedAt = Infinity;
    heard.words(event.synchronizedTranscript ?? shown);
    shown = '';
  });
  output.on(
    voice.AudioOutput.EVENT_PLAYBACK_PROGRESSED,
    ({ startedAt, duration }: voice.PlaybackProgressedEvent) => {
      // What began after the hush was silence; what began before was heard to its end, in a queue that no pause stopped.
      if (startedAt < hushedAt - HUSH_MARGIN_MS) heard.until(startedAt + duration);
    },
  );
}
