/** Knows whether the caller's connection is lost, long before the media server gives the caller up. */
import { TrackKind } from '@livekit/rtc-node';
import type { RemoteTrackPublication, Room } from '@livekit/rtc-node';

const LOOK_MS = 1_000;
/** An open microphone sends at least twice a second, however silent the caller is. */
const LOST_AFTER_LOOKS = 2;

/** What is known of one participant's connection. */
export interface ConnectionWatch {
  /** Whether nothing has come for two seconds from a microphone that is open. */
  isLost(): boolean;
  /** Whether there is a microphone, and it is muted. */
  isMuted(): boolean;
  stop(): void;
}

/** Watches until it is told to stop. The caller must be the only one whose sound is received. */
export function watchConnection(room: Room, identity: string): ConnectionWatch {
  let received = 0n;
  let quietLooks = 0;
  const look = async (): Promise<void> => {
    const now = await audioPackets(room);
    quietLooks = now === received ? quietLooks + 1 : 0;
    received = now;
  };
  const microphones = (): RemoteTrackPublication[] => {
    const tracks = room.remoteParticipants.get(identity)?.trackPublications.values() ?? [];
    return [...tracks].filter((one) => one.kind === TrackKind.KIND_AUDIO);
  };
  const timer = setInterval(() => {
    look().catch(() => undefined);
  }, LOOK_MS);
  return {
    isLost: () => quietLooks >= LOST_AFTER_LOOKS && microphones().some((one) => !one.muted),
    isMuted: () => microphones().length > 0 && microphones().every((one) => one.muted),
    stop: () => {
      clearInterval(timer);
    },
  };
}

async function audioPackets(room: Room): Promise<bigint> {
  const { publisherStats, subscriberStats } = await room.getRtcStats();
  let sum = 0n;
  for (const { stats } of [...publisherStats, ...subscriberStats]) {
    if (stats.case === 'inboundRtp') sum += stats.value.received?.packetsReceived ?? 0n;
  }
  return sum;
}
