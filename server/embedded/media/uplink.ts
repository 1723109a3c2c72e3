// What one client publishes: the sections of its offers, and the packets that arrive in them.
import { AudioLevel } from './audio-level.js';
import { opusOf } from './answer.js';
import type { IncomingTrack } from './answer.js';
import { Numbering } from './numbering.js';
import { eachSenderReport, readRtp, retarget } from './rtp.js';
import { ReceiverReports } from './receiver-reports.js';
import type { Description, Section } from './sdp.js';
import type { UpTrack } from './tracks.js';

/** A track that the client has announced by `addTrack`. */
export interface AnnouncedTrack {
  readonly sid: string;
  readonly allowDtx: boolean;
  readonly stereo: boolean;
}

/** What an uplink needs of its participant. */
export interface UplinkEvents {
  /** The announced track of a section, by the client's own track id; undefined when there is none. */
  claim(cid: string): AnnouncedTrack | undefined;
  /** A track is negotiated and the connection is up, or its first packet has arrived. */
  trackStarted(track: UpTrack): void;
  /** A track has ended; also called when no packet of it has arrived. */
  trackEnded(track: UpTrack): void;
}

const MAX_UP_TRACKS = 8;

/** The tracks that a participant publishes. Forwards their packets to the subscribers. */
export class Uplink {
  readonly #participantSid: string;
  readonly #events: UplinkEvents;
  readonly #upByMid = new Map<string, UpTrack>();
  readonly #upBySsrc = new Map<number, UpTrack>();
  readonly #reports = new ReceiverReports();
  #audioLevelId = 0;
  #connected = false;

  constructor(participantSid: string, events: UplinkEvents) {
    this.#participantSid = participantSid;
    this.#events = events;
  }

  /** Takes in the sections in which the client sends; returns how each is received, by its mid. */
  read(offer: Description): Map<string, IncomingTrack> {
    const incoming = new Map<string, IncomingTrack>();
    for (const section of offer.sections) {
      if (section.kind !== 'audio') continue;
      this.#audioLevelId ||= section.audioLevelId ?? 0;
      const sends = section.direction === 'sendonly' || section.direction === 'sendrecv';
      const known = this.#upByMid.get(section.mid);
      if (!sends || section.rejected) {
        if (known) this.#drop(known);
        continue;
      }
      const announced = this.#claim(section, known);
      if (announced) incoming.set(section.mid, announced);
    }
    return incoming;
  }

  /** The connection is up. */
  connected(): void {
    this.#connected = true;
  }

  /**
   * Publishes tracks whose SSRC is in the offer without waiting for packets: they may be muted, or send nothing until
   * somebody subscribes.
   */
  publishOffered(): void {
    if (!this.#connected) return;
    for (const track of [...this.#upBySsrc.values()]) this.#publish(track);
  }

  /** Forwards an RTP packet; false when it belongs to no track. */
  receive(packet: Buffer): boolean {
    const rtp = readRtp(packet, this.#audioLevelId);
    const track = rtp && (this.#upBySsrc.get(rtp.ssrc) ?? this.#adopt(rtp.ssrc));
    if (!rtp || !track || rtp.payloadType !== track.payloadType) return false;
    this.#reports.receive(rtp.ssrc, rtp.packet);
    track.started = true;
    this.#publish(track);
    if (track.muted) {
      track.numbering.skip();
      return true;
    }
    track.numbering.apply(rtp.packet, rtp.ssrc);
    if (rtp.audioLevel >= 0) track.level.observe(rtp.audioLevel, rtp.packet.readUInt32BE(4));
    for (const down of track.downTracks) {
      if (!down.isFlowing || down.isPaused) continue;
      retarget(rtp.packet, down.ssrc, down.payloadType);
      down.receiver.sendMedia(rtp.packet);
    }
    return true;
  }

  /** Forwards the sender reports of an RTCP packet. */
  receiveControl(packet: Buffer): void {
    eachSenderReport(packet, (ssrc, report) => {
      this.#reports.receiveSenderReport(ssrc, report);
      const track = this.#upBySsrc.get(ssrc);
      if (!track) return;
      report.writeUInt32BE(track.numbering.timeOf(report.readUInt32BE(16)), 16);
      for (const down of track.downTracks) {
        if (!down.isFlowing || down.isPaused) continue;
        report.writeUInt32BE(down.ssrc, 4);
        down.receiver.sendMedia(report);
      }
    });
  }

  /** A receiver report for the client; undefined before any packet. */
  report(): Buffer | undefined {
    return this.#reports.build();
  }

  /** Ends a track that this participant may not send any longer. */
  endTrack(sid: string): void {
    for (const track of [...this.#upByMid.values()]) if (track.sid === sid) this.#drop(track);
  }

  close(): void {
    for (const track of this.#upByMid.values()) this.#end(track);
    this.#upByMid.clear();
    this.#upBySsrc.clear();
  }

  #publish(track: UpTrack): void {
    if (track.published) return;
    track.published = true;
    this.#events.trackStarted(track);
  }

  /** Assigns an unknown SSRC to a section that has none: browsers may send with an SSRC that is not in the offer. */
  #adopt(ssrc: number): UpTrack | undefined {
    if (this.#upBySsrc.size >= MAX_UP_TRACKS) return undefined;
    const idle = [...this.#upByMid.values()].filter((track) => !track.started);
    const [track] = idle;
    if (track && idle.length === 1) this.#upBySsrc.set(ssrc, track);
    return idle.length === 1 ? track : undefined;
  }

  #claim(section: Section, known: UpTrack | undefined): IncomingTrack | undefined {
    const opus = opusOf(section);
    if (!opus || !section.trackId) return undefined;
    const announced = this.#events.claim(section.trackId);
    if (known && (!announced || announced.sid === known.sid)) {
      if (section.ssrcs.length > 0) this.#forgetSources(known, section.ssrcs);
      for (const ssrc of section.ssrcs) this.#upBySsrc.set(ssrc, known);
      return announced ?? { allowDtx: true, stereo: false };
    }
    if (known) this.#drop(known);
    if (!announced || this.#upByMid.size >= MAX_UP_TRACKS) return undefined;
    const track: UpTrack = {
      sid: announced.sid,
      mid: section.mid,
      level: new AudioLevel(),
      numbering: new Numbering(),
      downTracks: new Set(),
      publisherSid: this.#participantSid,
      payloadType: opus.payloadType,
      muted: false,
      started: false,
      published: false,
      announcedSubscriber: false,
    };
    this.#upByMid.set(section.mid, track);
    for (const ssrc of section.ssrcs) this.#upBySsrc.set(ssrc, track);
    return announced;
  }

  #drop(track: UpTrack): void {
    this.#upByMid.delete(track.mid);
    this.#forgetSources(track);
    this.#end(track);
  }

  #forgetSources(track: UpTrack, except: readonly number[] = []): void {
    for (const [ssrc, other] of this.#upBySsrc) {
      if (other !== track || except.includes(ssrc)) continue;
      this.#upBySsrc.delete(ssrc);
      this.#reports.forget(ssrc);
    }
  }

  #end(track: UpTrack): void {
    this.#events.trackEnded(track);
    for (const down of [...track.downTracks]) down.receiver.unsubscribe(track);
  }
}
