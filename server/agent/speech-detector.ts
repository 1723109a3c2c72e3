/** Finds speech in a caller's sound, and hands out what it found whole. */
import { inference, VADEventType } from '@livekit/agents';
import type { VADEvent, VADStream } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';

/** What a stream calls whenever it has something to tell. */
interface Teller {
  sendVADEvent(event: VADEvent): boolean;
}

/**
 * The framework's detector, made safe for recognisers that take whole phrases. Up to 1.9.0 its events carry a view of
 * the buffer that it at once goes on writing into, so that a phrase would begin with its own end; here they carry a
 * copy. https://github.com/livekit/agents-js/pull/2254
 */
export class SpeechDetector extends inference.VAD {
  override stream(): VADStream {
    const stream = super.stream();
    const teller = stream as unknown as Teller;
    const send = teller.sendVADEvent.bind(stream);
    teller.sendVADEvent = (event) =>
      send(event.type === VADEventType.END_OF_SPEECH ? withOwnFrames(event) : event);
    return stream;
  }
}

function withOwnFrames(event: VADEvent): VADEvent {
  const frames = event.frames.map(
    ({ data, sampleRate, channels, samplesPerChannel }) =>
      new AudioFrame(data.slice(), sampleRate, channels, samplesPerChannel),
  );
  return { ...event, frames };
}
