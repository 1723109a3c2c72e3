/** Settings that may change before a call and during it. */

/** Shared by `DialNexaWebCall` and its running call. */
export interface CallSettings {
  volume: number;
  speakerId: string | null;
  muted: boolean;
}
