/** What the caller's page tells the agent beside words. */
import { RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';

/** `heard` is called for each packet of the caller on `topic`, and for nobody else's. Returns what ends that. */
export function onCallerPacket(
  room: Room,
  callerIdentity: string,
  topic: string,
  heard: () => void,
): () => void {
  const take = (_: Uint8Array, from?: RemoteParticipant, __?: unknown, on?: string): void => {
    if (on === topic && from?.identity === callerIdentity) heard();
  };
  room.on(RoomEvent.DataReceived, take);
  return () => void room.off(RoomEvent.DataReceived, take);
}
