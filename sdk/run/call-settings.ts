/** What may be set before a call as well as during it. */

/** Shared by the call and the object that runs it. */
export interface CallSettings {
  volume: number;
  speakerId: string | null;
  muted: boolean;
}
