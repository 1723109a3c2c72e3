/** Receives what the page recorded before the agent could hear, on LiveKit's topic for it. */
import { TrackSource } from '@livekit/rtc-node';
import type { ByteStreamReader, RemoteTrackPublication, Room } from '@livekit/rtc-node';

const TOPIC = 'lk.agent.pre-connect-audio-buffer';
/** LiveKit's `AudioTrackFeature.TF_PRECONNECT_BUFFER`. */
const ANNOUNCED = 6;
const LONGEST_MS = 8_000;
/** LiveKit's own front ends send compressed sound, which nothing here can read. */
const READABLE = /^audio\/(pcm|raw|l16)\b/i;

/** The buffer of one call. */
export interface EarlyBuffer {
  /** Samples of `rate`, empty when nothing was said; `null` until they have come. */
  samples(): Int16Array | null;
  /** Whether a microphone promises one that has not come. */
  isDue(publication: RemoteTrackPublication): boolean;
}

/** Call it before the room is joined. Takes one buffer, of that rate, from the caller alone. `arrived` is told of it. */
export function receiveEarly(
  room: Room,
  callerIdentity: string,
  rate: number,
  arrived: () => void,
): EarlyBuffer {
  let samples: Int16Array | null = null;
  let isTaken = false;

  async function read(reader: ByteStreamReader, from: string): Promise<void> {
    const { attributes = {}, mimeType } = reader.info;
    if (from !== callerIdentity || isTaken) return reader.close();
    isTaken = true;
    const isReadable =
      READABLE.test(mimeType) &&
      attributes['sampleRate'] === String(rate) &&
      attributes['channels'] === '1';
    samples = isReadable ? await readSamples(reader, rate) : new Int16Array(0);
    if (!isReadable) await reader.close();
    arrived();
  }

  room.registerByteStreamHandler(TOPIC, (reader, { identity }) => void read(reader, identity));
  return {
    samples: () => samples,
    isDue: ({ source, info }) =>
      samples === null &&
      source === TrackSource.SOURCE_MICROPHONE &&
      (info?.audioFeatures.includes(ANNOUNCED) ?? false),
  };
}

/** What came until it was cut off, broke or was too much. */
async function readSamples(reader: ByteStreamReader, rate: number): Promise<Int16Array> {
  const bytes = new Uint8Array((LONGEST_MS / 1000) * rate * 2);
  let length = 0;
  try {
    for await (const chunk of reader) {
      const fits = chunk.subarray(0, bytes.length - length);
      bytes.set(fits, length);
      length += fits.length;
      if (length === bytes.length) break;
    }
  } catch {
    // Larger than the room takes, or the caller is gone.
  }
  return new Int16Array(bytes.buffer, 0, length >> 1);
}
