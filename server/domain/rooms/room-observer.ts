/** The port through which the verbs announce what happens in calls' rooms; they do not wait for the observer. */

/** Called when it happens, possibly more than once. */
export interface RoomObserver {
  /** The call's room was made; it may still be empty. */
  roomStarted(callId: string): void;
  /** The call's caller or agent is in its room. */
  participantJoined(callId: string): void;
  /** The call's agent has claimed its job, so it reports the transcript itself. */
  jobClaimed(callId: string): void;
}
