// The tracks that one client receives, and the section of its connection that carries each.
import { newSsrc } from '../ids.js';
import { OPUS } from './offer.js';
import type { DownTrack, OutgoingTrack, Receiver, UpTrack } from './tracks.js';

/** What a downlink needs of its connection. */
export interface DownlinkEvents {
  /** Sends a packet to the client; it is lost while the connection is not up. */
  send(packet: Buffer): void;
  /** A track is negotiated: its packets flow to this client from now on. */
  subscribed(track: UpTrack): void;
  /** Another offer is needed, with `audios` audio sections more than the last one. */
  needsSections(audios: number): void;
}

/** A section of an offer that may carry a track to the client. */
export interface OfferedSection {
  readonly mid: string;
  readonly payloadType: number;
  /** Whether it may carry a track that it does not carry yet. */
  readonly isOpen: boolean;
}

/**
 * Assigns tracks to sections, for offers of either side: call `begin` when an offer begins, `place` to assign the
 * tracks, and `settle` when it is answered.
 */
export class Downlink implements Receiver {
  readonly #events: DownlinkEvents;
  readonly #downs = new Map<UpTrack, DownTrack>();
  // Sections whose track has ended: they must be inactive in one offer before they carry another track.
  readonly #retiring = new Set<string>();
  // True at first: the first offer comes anyway.
  #negotiating = true;
  #requested = false;
  #free = 0;
  #closed = false;

  constructor(events: DownlinkEvents) {
    this.#events = events;
  }

  /** The tracks that have a section. */
  get receivedTracks(): UpTrack[] {
    const placed = [...this.#downs.values()].filter((down) => down.mid !== undefined);
    return placed.map((down) => down.track);
  }

  /** An offer has begun. */
  begin(): void {
    this.#negotiating = true;
    this.#requested = false;
  }

  /** Assigns waiting tracks to the free sections of an offer; returns the track of each section by its mid. */
  place(sections: readonly OfferedSection[]): Map<string, OutgoingTrack> {
    const outgoing = new Map<string, OutgoingTrack>();
    const taken = new Map([...this.#downs.values()].map((down) => [down.mid, down]));
    const waiting = [...this.#downs.values()].filter((down) => down.mid === undefined);
    const retiring = new Set(this.#retiring);
    // Sections without a track are inactive in this offer, and free for the next.
    this.#retiring.clear();
    this.#free = 0;
    for (const { mid, payloadType, isOpen } of sections) {
      const down = taken.get(mid) ?? (isOpen && !retiring.has(mid) ? waiting.shift() : undefined);
      if (!down) {
        if (isOpen) this.#free += 1;
        continue;
      }
      down.mid = mid;
      down.payloadType = payloadType;
      const { ssrc, track } = down;
      const trackSid = track.sid;
      outgoing.set(mid, { ssrc, participantSid: track.publisherSid, trackSid });
    }
    return outgoing;
  }

  /** An offer is answered: assigned tracks flow, except in refused sections; asks for sections that are missing. */
  settle(refused: ReadonlySet<string> = new Set()): void {
    this.#negotiating = false;
    for (const down of this.#downs.values()) {
      if (down.mid === undefined || down.isFlowing || refused.has(down.mid)) continue;
      down.isFlowing = true;
      this.#events.subscribed(down.track);
    }
    this.#requestSections();
  }

  /** Forwards `track` as soon as a section can carry it. */
  subscribe(track: UpTrack): void {
    if (this.#closed || this.#downs.has(track)) return;
    const down: DownTrack = {
      track,
      receiver: this,
      ssrc: newSsrc(),
      payloadType: OPUS,
      mid: undefined,
      isFlowing: false,
      isPaused: false,
    };
    this.#downs.set(track, down);
    track.downTracks.add(down);
    this.#requestSections();
  }

  isSubscribed(track: UpTrack): boolean {
    return this.#downs.has(track);
  }

  unsubscribe(track: UpTrack): void {
    const down = this.#downs.get(track);
    if (!down) return;
    this.#downs.delete(track);
    track.downTracks.delete(down);
    if (down.mid === undefined || this.#closed) return;
    this.#retiring.add(down.mid);
    this.#requestSections();
  }

  /** Pauses or resumes the packets of a subscribed track. */
  pause(track: UpTrack, isPaused: boolean): void {
    const down = this.#downs.get(track);
    if (down) down.isPaused = isPaused;
  }

  sendMedia(packet: Buffer): void {
    this.#events.send(packet);
  }

  close(): void {
    this.#closed = true;
    for (const track of [...this.#downs.keys()]) this.unsubscribe(track);
  }

  #requestSections(): void {
    if (this.#negotiating) return;
    const waiting = [...this.#downs.values()].filter((down) => down.mid === undefined).length;
    if (this.#requested || (waiting === 0 && this.#retiring.size === 0)) return;
    this.#requested = true;
    this.#events.needsSections(Math.max(0, waiting - this.#free - this.#retiring.size));
  }
}
