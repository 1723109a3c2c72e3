/** What the agent tells the caller's page beside words. */
import type { Room } from '@livekit/rtc-node';

/** A packet for nobody but the caller. It may be lost, and no call fails for it. */
export function tellCaller(
  room: Room,
  callerIdentity: string,
  topic: string,
  data: Uint8Array,
): void {
  const options = { topic, reliable: true, destination_identities: [callerIdentity] };
  void room.localParticipant?.publishData(data, options).catch(() => undefined);
}
