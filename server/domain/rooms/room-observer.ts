/** Who wants to know what happens in calls' rooms; whoever tells waits for nothing. */

/** Told at the moment, perhaps more than once. */
export interface RoomObserver {
  /** The call's room was made; nobody need be in it yet. */
  roomStarted(callId: string): void;
  /** The call's caller or agent is in its room. */
  participantJoined(callId: string): void;
  /** The call's agent has claimed its job, and tells what is said itself. */
  jobClaimed(callId: string): void;
}
