// Remembers what a participant asks of the others' tracks: a request may come before its connection is up, or before the track.
import { LRUCache } from 'lru-cache';

/** What was asked of one track; what was not asked is undefined. */
export interface TrackChoice {
  readonly subscribe?: boolean;
  /** Switched off for now, and still subscribed. */
  readonly paused?: boolean;
  /** Whether it was told that the publisher does not let it have the track. */
  readonly refused?: boolean;
}

const MAX_CHOICES = 256;
const MAX_SID_LENGTH = 64;

/** The choices of one participant, the latest 256 of them. */
export class TrackChoices {
  readonly #byTrack = new LRUCache<string, TrackChoice>({ max: MAX_CHOICES });

  of(trackSid: string): TrackChoice {
    return this.#byTrack.get(trackSid) ?? {};
  }

  /** Adds to what is known of a track, whether there is such a track or not. */
  note(trackSid: string, choice: TrackChoice): void {
    if (trackSid.length > MAX_SID_LENGTH) return;
    this.#byTrack.set(trackSid, { ...this.of(trackSid), ...choice });
  }

  /** The track is gone. */
  forget(trackSid: string): void {
    this.#byTrack.delete(trackSid);
  }
}
