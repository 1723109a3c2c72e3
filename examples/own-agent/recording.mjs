/** The stereo recording, left the caller and right the agent, handed in while the call goes on. */
import { AudioResampler, AudioStream, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { patiently } from './report.mjs';

const RATE = 16_000;
const EVERY_MS = 2_000;
/** Sounds may still be on their way for so long. */
const SETTLE_MS = 500;
const BYTES_PER_FRAME = 4;
const LARGEST_CHUNK = 1_000_000;

/** Begins now. `at` gives a moment of this clock in the server's. Answers how to finish. */
export function startRecording({ ctx, session, job, jobs, at }) {
  const startedAt = Date.now();
  const about = { sampleRate: RATE, startedAt: new Date(at(startedAt)) };
  const sides = { left: { end: 0, parts: [] }, right: { end: 0, parts: [] } };
  let taken = 0;
  let seq = 0;
  let sending = Promise.resolve();

  /** Behind what is there already, or after a silence. */
  function add(side, samples, from) {
    const wanted = Math.round(((from - startedAt) / 1000) * RATE);
    const start = wanted - side.end > RATE / 8 ? wanted : side.end;
    side.parts.push({ start, samples: samples.slice() });
    side.end = start + samples.length;
  }

  /** Nothing of this side was heard after `at`. */
  function cut(side, at) {
    const limit = Math.max(taken, Math.round(((at - startedAt) / 1000) * RATE));
    side.parts = side.parts
      .filter(({ start }) => start < limit)
      .map(({ start, samples }) => ({ start, samples: samples.subarray(0, limit - start) }));
    side.end = Math.min(side.end, limit);
  }

  /** What was heard up to now and was not handed in yet. */
  function take(until) {
    const end = Math.max(taken, Math.round(((until - startedAt) / 1000) * RATE));
    const block = new Int16Array((end - taken) * 2);
    for (const [channel, side] of [sides.left, sides.right].entries()) {
      for (const { start, samples } of side.parts) {
        for (let i = Math.max(start, taken); i < Math.min(start + samples.length, end); i += 1) {
          block[(i - taken) * 2 + channel] = samples[i - start];
        }
      }
      side.parts = side.parts.filter(({ start, samples }) => start + samples.length > end);
      side.end = Math.max(side.end, end);
    }
    taken = end;
    return new Uint8Array(block.buffer);
  }

  function handIn(until) {
    const pcm = take(until);
    for (
      let from = 0;
      from < pcm.length;
      from += LARGEST_CHUNK - (LARGEST_CHUNK % BYTES_PER_FRAME)
    ) {
      const chunk = pcm.subarray(from, from + LARGEST_CHUNK);
      const number = seq;
      seq += 1;
      sending = sending.then(() =>
        patiently(() => jobs.putRecording(job.job_token, number, chunk, about)),
      );
    }
    return sending;
  }

  const listen = async (track) => {
    for await (const frame of new AudioStream(track, RATE, 1)) {
      add(sides.left, frame.data, Date.now() - (frame.samplesPerChannel / RATE) * 1000);
    }
  };
  const takeTrack = (track, { identity }) => {
    if (identity === job.caller_identity && track?.kind === TrackKind.KIND_AUDIO)
      void listen(track);
  };
  ctx.room.on(RoomEvent.TrackSubscribed, (track, _publication, from) => takeTrack(track, from));
  for (const participant of ctx.room.remoteParticipants.values()) {
    for (const { track } of participant.trackPublications.values()) takeTrack(track, participant);
  }

  const output = session.output.audio;
  const play = output.captureFrame.bind(output);
  let resampler;
  output.captureFrame = async (frame) => {
    // While the output is paused, a frame waits here.
    await play(frame);
    if (frame.sampleRate !== RATE) resampler ??= new AudioResampler(frame.sampleRate, RATE, 1);
    for (const one of resampler?.push(frame) ?? [frame]) add(sides.right, one.data, Date.now());
  };
  // Told whenever the agent falls silent: what still waited is not heard.
  output.on('playbackProgressed', ({ startedAt: from, duration }) => {
    cut(sides.right, from + duration);
    resampler?.close();
    resampler = undefined;
  });

  const timer = setInterval(() => handIn(Date.now() - SETTLE_MS), EVERY_MS);
  return async () => {
    clearInterval(timer);
    await handIn(Date.now());
  };
}
