/** A caller for measurements: joins a call over LiveKit, plays spoken sentences, and listens for when the agent sounds. */
import { readFileSync } from 'node:fs';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';

const RATE = 16_000;
const FRAME_MS = 10;
const FRAME = (RATE * FRAME_MS) / 1_000;
/** Of full scale: louder is the agent's speech. */
const AUDIBLE = 0.01;
/** Softer still belongs to a word in a recorded sentence, its last consonant above all. */
const WORD = 0.002;

/** Samples of a 16 kHz mono file, without the silence around the speech. */
export function readSpeech(file) {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('data', 12, 'latin1') + 8;
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + at));
  const frames = Math.floor(samples.length / FRAME);
  const loud = (frame) => loudness(samples.subarray(frame * FRAME, (frame + 1) * FRAME)) > WORD;
  let first = 0;
  while (first < frames && !loud(first)) first += 1;
  let last = frames - 1;
  while (last > first && !loud(last)) last -= 1;
  return samples.slice(first * FRAME, (last + 1) * FRAME);
}

/** Joins with a grant of `POST /v1/web-calls`. Resolves once the caller's track is published. */
export async function joinAsCaller(grant) {
  const room = new Room();
  const heard = { lastLoudAt: 0, waiting: [] };
  const left = new Promise((resolve) => room.once(RoomEvent.Disconnected, resolve));
  const over = left.then(() => Promise.reject(new Error('The call ended before the agent spoke.')));
  over.catch(() => undefined);
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind === TrackKind.KIND_AUDIO) void listen(track, heard);
  });
  await room.connect(grant.server_url, grant.access_token, { autoSubscribe: true });
  const source = new AudioSource(RATE, 1, 0);
  const track = LocalAudioTrack.createAudioTrack('microphone', source);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  await room.localParticipant.publishTrack(track, options);
  const microphone = startMicrophone(source);

  return {
    left,
    /** Resolves with the moment at which the agent is first heard, looking from now; rejects when the call ends first. */
    nextSound: () => Promise.race([new Promise((resolve) => heard.waiting.push(resolve)), over]),
    /** Resolves when the agent was heard and has been silent for `quietMs`; rejects when the call ends first. */
    async agentDone(quietMs = 900) {
      while (heard.lastLoudAt === 0 || performance.now() - heard.lastLoudAt < quietMs) {
        await Promise.race([new Promise((resolve) => setTimeout(resolve, 20)), over]);
      }
    },
    lastLoudAt: () => heard.lastLoudAt,
    /** Speaks; resolves with when the first and the last sample went out. */
    say: (samples) => microphone.say(samples),
    async leave() {
      microphone.stop();
      await room.disconnect();
    },
  };
}

async function listen(track, heard) {
  for await (const frame of new AudioStream(track, RATE, 1)) {
    if (loudness(frame.data) < AUDIBLE) continue;
    heard.lastLoudAt = performance.now();
    for (const tell of heard.waiting.splice(0)) tell(heard.lastLoudAt);
  }
}

/** A frame every 10 ms by the clock, silence when nothing is said, as a real microphone. */
function startMicrophone(source) {
  const began = performance.now();
  let sent = 0;
  let speech = null;
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - began) / FRAME_MS);
    for (; sent < due; sent += 1) {
      const data = new Int16Array(FRAME);
      if (speech) feed(data);
      void source.captureFrame(new AudioFrame(data, RATE, 1, FRAME)).catch(() => undefined);
    }
  }, FRAME_MS);
  function feed(data) {
    speech.beganAt ??= performance.now();
    data.set(speech.samples.subarray(speech.at, speech.at + FRAME));
    speech.at += FRAME;
    if (speech.at < speech.samples.length) return;
    speech.done({ beganAt: speech.beganAt, endedAt: performance.now() });
    speech = null;
  }
  return {
    say: (samples) =>
      new Promise((done) => {
        speech = { samples, at: 0, done };
      }),
    stop: () => clearInterval(timer),
  };
}

function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length) / 32_768;
}
