/** What the caller really hears of the agent, which is less than what the framework hands out. */
import { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

/**
 * Silences the rest of an answer that was interrupted, and tells until when the agent was heard, as soon as it is
 * silent. The framework pauses at the caller's first sound; when it then knows that it was an interruption, it lets
 * the sound go on for an instant before it throws the rest away: a click in the caller's ear.
 */
export function followVoice(
  session: voice.AgentSession,
  output: voice.AudioOutput,
  heardUntil: (at: number) => void,
): void {
  const capture = output.captureFrame.bind(output);
  const resume = output.resume.bind(output);
  const waiting = new Set<AudioFrame>();
  let latest: voice.SpeechHandle | null = null;
  let hushedAt = Infinity;
  const isCut = (): boolean => latest?.interrupted ?? false;

  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
    latest = speechHandle;
  });
  output.captureFrame = async (frame) => {
    if (isCut()) frame.data.fill(0);
    waiting.add(frame);
    await capture(frame);
    waiting.delete(frame);
  };
  output.resume = () => {
    if (isCut()) {
      hushedAt = Date.now();
      for (const frame of waiting) frame.data.fill(0);
    }
    resume();
  };
  output.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, () => {
    hushedAt = Infinity;
  });
  output.on(
    voice.AudioOutput.EVENT_PLAYBACK_PROGRESSED,
    ({ startedAt, duration }: voice.PlaybackProgressedEvent) => {
      const end = startedAt + duration;
      if (end < hushedAt) heardUntil(end);
    },
  );
}
