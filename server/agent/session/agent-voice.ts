/** What the caller really hears of the agent, which is less than what the framework hands out. */
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/** Told as it happens; times are milliseconds of this clock. */
export interface Heard {
  /** A sound begins. */
  from(at: number): void;
  until(at: number): void;
  /** The sound is over: what was heard of it, word by word as it was played, and no more than the caller's page shows. */
  words(text: string): void;
}

/** What the framework's text output keeps to itself: where words go as they are played, one of them after the sound was cut off. */
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
  /** What the caller's page was shown of this sound: the framework's own count lacks the word that is being said. */
  let shown = '';
  let isPlaying = false;
  /** The rest of this sound's words is not heard, and not shown. */
  let isCut = false;

  const page = (session.output.transcription as Synchronized | null)?.nextInChain;
  const show = page?.captureText.bind(page);
  if (page && show) {
    page.captureText = async (text) => {
      if (isCut) return;
      shown += typeof text === 'string' ? text : text.text;
      await show(text);
    };
  }
  const detach = output.onDetached.bind(output);
  output.onDetached = () => {
    // From here on the framework would show the rest at once, heard or not.
    isCut ||= isPlaying;
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
  output.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, (event: voice.PlaybackStartedEvent) => {
    hushedAt = Infinity;
    shown = '';
    isPlaying = true;
    isCut = false;
    heard.from(event.createdAt);
  });
  output.on(voice.AudioOutput.EVENT_PLAYBACK_FINISHED, (event: voice.PlaybackFinishedEvent) => {
    hushedAt = Infinity;
    isCut ||= event.interrupted;
    if (isPlaying) heard.words(isCut ? shown : (event.synchronizedTranscript ?? shown));
    isPlaying = false;
  });
  output.on(
    voice.AudioOutput.EVENT_PLAYBACK_PROGRESSED,
    ({ startedAt, duration }: voice.PlaybackProgressedEvent) => {
      // What began after the hush was silence; what began before was heard to its end, in a queue that no pause stopped.
      if (startedAt < hushedAt - HUSH_MARGIN_MS) heard.until(startedAt + duration);
    },
  );
}
