/** Listens to both sides of a session: the caller's track, and what the session plays. */
import { AudioStream, RoomEvent, TrackKind } from '@livekit/rtc-node';
import type { AudioFrame, RemoteTrack, Room } from '@livekit/rtc-node';
import { AudioResampler } from '@livekit/rtc-node';
import { voice } from '@livekit/agents';
import type { StereoTimeline } from './stereo-timeline.js';

/** Puts every audio track of the caller on the left side. Answers how to stop. */
export function tapCaller(room: Room, identity: string, timeline: StereoTimeline): () => void {
  const streams = new Set<AudioStream>();
  const listen = async (track: RemoteTrack): Promise<void> => {
    const stream = new AudioStream(track, timeline.sampleRate, 1);
    streams.add(stream);
    for await (const frame of stream) {
      const ms = (frame.samplesPerChannel / frame.sampleRate) * 1000;
      timeline.add('caller', Date.now() - ms, frame.data.slice());
    }
    streams.delete(stream);
  };
  const take = (track: RemoteTrack | undefined, from: string): void => {
    if (from === identity && track?.kind === TrackKind.KIND_AUDIO) void listen(track);
  };
  room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) =>
    take(track, participant.identity),
  );
  for (const participant of room.remoteParticipants.values()) {
    for (const publication of participant.trackPublications.values()) {
      take(publication.track, participant.identity);
    }
  }
  return () => {
    for (const stream of streams) void stream.cancel().catch(() => undefined);
  };
}

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
