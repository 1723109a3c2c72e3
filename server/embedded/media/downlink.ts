// What is forwarded to one client: which track, in which section of its connection.
import { newSsrc } from '../ids.js';
import { OPUS } from './offer.js';
import type { DownTrack, OutgoingTrack, Receiver, UpTrack } from './tracks.js';

export interface DownlinkEvents {
  /** Sends a packet to the client; lost while its connection is not up. */
  send(packet: Buffer): void;
  /** A forwarded track has reached this participant's connection. */
  subscribed(track: UpTrack): void;
  /** Another offer is needed, with so many more sections than the last one had. */
  needsSections(audios: number): void;
}

/** A section of an offer that may carry a forwarded track. */
export interface Place {
  readonly mid: string;
  readonly payloadType: number;
  /** Whether it may take a track that it does not carry yet. */
  readonly isOpen: boolean;
}

/** The same whoever makes the offers: `begin`, `place` the tracks, and `settle` when client and server agree. */
export class Downlink implements Receiver {
  readonly #events: DownlinkEvents;
  readonly #downs = new Map<UpTrack, DownTrack>();
  // Sections that still carry an ended track at the client: not reusable before they were inactive.
  readonly #cooling = new Set<string>();
  // Nothing need be asked for before the first offer.
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

  /** An offer is under way. */
  begin(): void {
    this.#negotiating = true;
    this.#requested = false;
  }

  /** Gives the waiting tracks the free sections of an offer; returns which section carries what. */
  place(sections: readonly Place[]): Map<string, OutgoingTrack> {
    const outgoing = new Map<string, OutgoingTrack>();
    const taken = new Map([...this.#downs.values()].map((down) => [down.mid, down]));
    const waiting = [...this.#downs.values()].filter((down) => down.mid === undefined);
    const cooling = new Set(this.#cooling);
    // Whatever has been freed is inactive from this offer on.
    this.#cooling.clear();
    this.#free = 0;
    for (const { mid, payloadType, isOpen } of sections) {
      const down = taken.get(mid) ?? (isOpen && !cooling.has(mid) ? waiting.shift() : undefined);
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

  /** An offer is answered: what was placed flows, except in refused sections, and what is missing is asked for. */
  settle(refused: ReadonlySet<string> = new Set()): void {
    this.#negotiating = false;
    for (const down of this.#downs.values()) {
      if (down.mid === undefined || down.isFlowing || refused.has(down.mid)) continue;
      down.isFlowing = true;
      this.#events.subscribed(down.track);
    }
    this.#requestSections();
  }

  /** Starts forwarding `track` as soon as a section can carry it. */
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
    this.#cooling.add(down.mid);
    this.#requestSections();
  }

  /** Holds back the packets of a subscribed track, or no longer. */
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
    if (this.#requested || (waiting === 0 && this.#cooling.size === 0)) return;
    this.#requested = true;
    this.#events.needsSections(Math.max(0, waiting - this.#free - this.#cooling.size));
  }
}
