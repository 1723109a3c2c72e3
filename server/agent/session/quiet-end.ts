/** Lets what an agent still tells a room that is closing go nowhere: a caller who hangs up in the middle of a sentence is no fault. */
import { RoomEvent } from '@livekit/rtc-node';
import type { LocalParticipant, Room, TextStreamWriter } from '@livekit/rtc-node';
import { LATE, within } from '../providers/within.js';

/** What fails because a room is closing fails at most so long before the room says so. */
const SAYS_SO_MS = 1_000;

/**
 * Of a room that is joined. What fails for another reason fails as before, a moment later. `muted` is told when the agent's
 * voice cannot be published, which the framework tells nobody.
 */
export function endQuietly(room: Room, muted: (error: unknown) => void): void {
  const me = room.localParticipant;
  if (!me) return;
  const closed = new Promise<unknown>((resolve) => room.once(RoomEvent.Disconnected, resolve));
  const isClosing = async (): Promise<boolean> => (await within(closed, SAYS_SO_MS)) !== LATE;

  /** `instead`: what it answers in a room that is closing. */
  function quiet<Given extends unknown[], T>(
    act: (...given: Given) => Promise<T>,
    instead: () => T,
  ): (...given: Given) => Promise<T> {
    return async (...given) => {
      try {
        return await act(...given);
      } catch (error) {
        if (await isClosing()) return instead();
        throw error;
      }
    };
  }

  const nothing = (): void => undefined;
  me.publishTranscription = quiet(me.publishTranscription.bind(me), nothing);
  me.setAttributes = quiet(me.setAttributes.bind(me), nothing);
  const publishTrack = me.publishTrack.bind(me);
  me.publishTrack = async (...given) => {
    try {
      return await publishTrack(...given);
    } catch (error) {
      if (!(await isClosing())) muted(error);
      throw error;
    }
  };
  const streamText: LocalParticipant['streamText'] = me.streamText.bind(me);
  me.streamText = quiet(async (options: Parameters<typeof streamText>[0]) => {
    const writer = await streamText(options);
    writer.write = quiet(writer.write.bind(writer), nothing);
    writer.close = quiet(writer.close.bind(writer), nothing);
    return writer;
  }, unheard);
}

/** A stream that nobody reads. */
function unheard(): TextStreamWriter {
  const nothing = (): Promise<void> => Promise.resolve();
  return { write: nothing, close: nothing } as unknown as TextStreamWriter;
}
