/** Listens to what a session plays. */
import type { AudioFrame } from '@livekit/rtc-node';
import { AudioResampler } from '@livekit/rtc-node';
import { voice } from '@livekit/agents';
import type { StereoTimeline } from './stereo-timeline.js';

/** Puts what the session plays on the right side, cut where the agent fell silent. */
export function tapAgent(output: voice.AudioOutput, timeline: StereoTimeline): void {
  const capture = output.captureFrame.bind(output);
  const clear = output.clearBuffer.bind(output);
  let resampler: AudioResampler | null = null;
  let clearings = 0;
  output.captureFrame = async (frame: AudioFrame) => {
    const before = clearings;
    // While the output is paused, a frame waits here until it is played or thrown away.
    await capture(frame);
    if (clearings > before) return;
    if (frame.sampleRate !== timeline.sampleRate) {
      resampler ??= new AudioResampler(frame.sampleRate, timeline.sampleRate, 1);
    }
    for (const one of resampler?.push(frame) ?? [frame]) {
      timeline.add('agent', timeline.endOf('agent', Date.now()), one.data.slice());
    }
  };
  output.clearBuffer = () => {
    clearings += 1;
    clear();
  };
  output.on(
    voice.AudioOutput.EVENT_PLAYBACK_PROGRESSED,
    ({ startedAt, duration }: voice.PlaybackProgressedEvent) => {
      timeline.cut('agent', startedAt + duration);
      // It holds back the last sound until more comes, which is now that of another sentence.
      resampler?.close();
      resampler = null;
    },
  );
}
