// Remembers which tracks a participant wants: its requests may come before its connection is up, or before the track.
import { LRUCache } from 'lru-cache';

/** What was requested of a track; undefined where nothing was. */
export interface TrackChoice {
  readonly subscribe?: boolean;
  /** Whether it is paused, and still subscribed. */
  readonly paused?: boolean;
  /** Whether the participant was told that the publisher does not allow it. */
  readonly refused?: boolean;
}

const MAX_CHOICES = 256;
const MAX_SID_LENGTH = 64;

/** The choices of a participant: the latest 256. */
export class TrackChoices {
  readonly #byTrack = new LRUCache<string, TrackChoice>({ max: MAX_CHOICES });

  of(trackSid: string): TrackChoice {
    return this.#byTrack.get(trackSid) ?? {};
  }

  /** Adds a request to those of a track, whether or not the track exists. */
  note(trackSid: string, choice: TrackChoice): void {
    if (trackSid.length > MAX_SID_LENGTH) return;
    this.#byTrack.set(trackSid, { ...this.of(trackSid), ...choice });
  }

  /** Forgets a track that has ended. */
  forget(trackSid: string): void {
    this.#byTrack.delete(trackSid);
  }
}
