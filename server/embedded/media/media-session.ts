// One participant's media: what it publishes, what is forwarded to it, and the offers in between.
import { newSsrc } from '../ids.js';
import { AudioLevel } from './audio-level.js';
import { opusOf, writeAnswer } from './answer.js';
import type { IncomingTrack, OutgoingTrack } from './answer.js';
import { Numbering } from './numbering.js';
import { eachSenderReport, readRtp, retarget } from './rtp.js';
import { ReceiverReports } from './receiver-reports.js';
import { parseOffer, SdpError } from './sdp.js';
import type { Offer, OfferSection } from './sdp.js';
import type { DownTrack, UpTrack } from './tracks.js';
import { MAX_CANDIDATES, Transport } from './transport.js';
import type { TransportSettings, TransportState } from './transport.js';

/** What a client announced before it sends media for it. */
export interface AnnouncedTrack {
  readonly sid: string;
  readonly allowDtx: boolean;
  readonly stereo: boolean;
}

export interface MediaEvents {
  state(state: TransportState): void;
  data(label: string, message: Buffer): void;
  channelOpen(label: string): void;
  /** More data came than one connection may send. */
  flooded(): void;
  /** Finds the announced track for a media section, by the client's own track id. */
  claim(cid: string): AnnouncedTrack | undefined;
  /** A claimed track is negotiated and the connection is up, or its first packet has come. */
  trackStarted(track: UpTrack): void;
  /** Also called for a track of which no packet has come. */
  trackEnded(track: UpTrack): void;
  /** A forwarded track has reached this participant's connection. */
  subscribed(track: UpTrack): void;
  needsSections(audios: number): void;
}

export interface Answer {
  readonly sdp: string;
  readonly midToTrackId: Record<string, string>;
}

const MAX_UP_TRACKS = 8;

/** Owns the transport of one participant and every track that passes it. */
export class MediaSession {
  readonly #participantSid: string;
  readonly #settings: TransportSettings;
  readonly #events: MediaEvents;
  readonly #upByMid = new Map<string, UpTrack>();
  readonly #upBySsrc = new Map<number, UpTrack>();
  readonly #downs = new Map<UpTrack, DownTrack>();
  readonly #reports = new ReceiverReports();
  // Sections that still carry an ended track at the client: not reusable before they were inactive.
  readonly #cooling = new Set<string>();
  readonly #pendingCandidates: string[] = [];
  #transport: Transport | undefined;
  #audioLevelId = 0;
  #version = 1;
  #negotiating = false;
  #requested = false;
  #free = 0;
  #lastPacketAt = 0;
  #connected = false;
  #closed = false;

  constructor(participantSid: string, settings: TransportSettings, events: MediaEvents) {
    this.#participantSid = participantSid;
    this.#settings = settings;
    this.#events = events;
  }

  /** When the last RTP, RTCP or data arrived (ms), 0 for never. */
  get lastPacketAt(): number {
    return this.#lastPacketAt;
  }

  /** The tracks that an answer has placed in one of the client's sections. */
  get receivedTracks(): UpTrack[] {
    const placed = [...this.#downs.values()].filter((down) => down.mid !== undefined);
    return placed.map((down) => down.track);
  }

  /** Answers an offer. Throws `SdpError` for junk; undefined when only a new connection can help. */
  async answer(sdp: string): Promise<Answer | undefined> {
    const offer = parseOffer(sdp);
    if (this.#closed) throw SdpError.because('the session is closed');
    if (this.#transport?.isRestart(offer)) return undefined;
    this.#negotiating = true;
    this.#requested = false;
    this.#transport ??= this.#open(offer);
    const parameters = await this.#transport.parameters();
    if (this.#closed) throw SdpError.because('the session is closed');
    const incoming = this.#readPublished(offer);
    const outgoing = this.#placeDownTracks(offer);
    const text = writeAnswer(offer, parameters, { incoming, outgoing }, (this.#version += 1));
    this.#negotiating = false;
    const midToTrackId: Record<string, string> = {};
    for (const [mid, track] of outgoing) midToTrackId[mid] = track.trackSid;
    return { sdp: text, midToTrackId };
  }

  /** Called after an answer was sent: announces new tracks and subscriptions, and asks for missing sections. */
  settle(): void {
    this.#publishOffered();
    for (const down of this.#downs.values()) {
      if (down.mid !== undefined && !down.isFlowing) {
        down.isFlowing = true;
        this.#events.subscribed(down.track);
      }
    }
    this.#requestSections();
  }

  addCandidate(candidate: string): void {
    if (this.#transport) this.#transport.addCandidate(candidate);
    else if (this.#pendingCandidates.length < MAX_CANDIDATES)
      this.#pendingCandidates.push(candidate);
  }

  /** Starts forwarding `track` to this participant as soon as a section can carry it. */
  subscribe(track: UpTrack): void {
    if (this.#closed || this.#downs.has(track)) return;
    const down: DownTrack = {
      track,
      session: this,
      ssrc: newSsrc(),
      payloadType: 111,
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

  /** Takes no more of a track that this participant may not send any longer. */
  endTrack(sid: string): void {
    for (const track of [...this.#upByMid.values()]) if (track.sid === sid) this.#drop(track);
  }

  sendMedia(packet: Buffer): void {
    this.#transport?.sendMedia(packet);
  }

  sendData(label: string, message: Uint8Array): boolean {
    return this.#transport?.sendData(label, message) ?? false;
  }

  isChannelOpen(label: string): boolean {
    return this.#transport?.isChannelOpen(label) ?? false;
  }

  /** Tells the client how its packets arrive; called about once a second. */
  sendReports(): void {
    const report = this.#reports.build();
    if (report) this.#transport?.sendMedia(report);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const track of [...this.#downs.keys()]) this.unsubscribe(track);
    for (const track of this.#upByMid.values()) this.#end(track);
    this.#upByMid.clear();
    this.#upBySsrc.clear();
    this.#transport?.close();
  }

  #open(offer: Offer): Transport {
    const transport = new Transport(offer, this.#settings, {
      state: (state) => {
        this.#events.state(state);
        this.#connected ||= state === 'connected';
        this.#publishOffered();
      },
      rtp: (packet) => this.#receive(packet),
      rtcp: (packet) => this.#receiveControl(packet),
      data: (label, message) => {
        this.#lastPacketAt = Date.now();
        this.#events.data(label, message);
      },
      channelOpen: (label) => this.#events.channelOpen(label),
      flooded: () => this.#events.flooded(),
    });
    for (const candidate of this.#pendingCandidates.splice(0)) transport.addCandidate(candidate);
    return transport;
  }

  #receive(packet: Buffer): void {
    const rtp = readRtp(packet, this.#audioLevelId);
    const track = rtp && (this.#upBySsrc.get(rtp.ssrc) ?? this.#adopt(rtp.ssrc));
    if (!rtp || !track || rtp.payloadType !== track.payloadType) return;
    this.#lastPacketAt = Date.now();
    this.#reports.receive(rtp.ssrc, rtp.packet);
    track.started = true;
    this.#publish(track);
    if (track.muted) {
      track.numbering.skip();
      return;
    }
    track.numbering.apply(rtp.packet, rtp.ssrc);
    if (rtp.audioLevel >= 0) track.level.observe(rtp.audioLevel, rtp.packet.readUInt32BE(4));
    for (const down of track.downTracks) {
      if (!down.isFlowing || down.isPaused) continue;
      retarget(rtp.packet, down.ssrc, down.payloadType);
      down.session.sendMedia(rtp.packet);
    }
  }

  #receiveControl(packet: Buffer): void {
    this.#lastPacketAt = Date.now();
    eachSenderReport(packet, (ssrc, report) => {
      this.#reports.receiveSenderReport(ssrc, report);
      const track = this.#upBySsrc.get(ssrc);
      if (!track) return;
      report.writeUInt32BE(track.numbering.timeOf(report.readUInt32BE(16)), 16);
      for (const down of track.downTracks) {
        if (!down.isFlowing || down.isPaused) continue;
        report.writeUInt32BE(down.ssrc, 4);
        down.session.sendMedia(report);
      }
    });
  }

  /** A track whose source the offer names is published without a packet: it may be muted, or silent until somebody listens. */
  #publishOffered(): void {
    if (!this.#connected || this.#closed) return;
    for (const track of [...this.#upBySsrc.values()]) this.#publish(track);
  }

  #publish(track: UpTrack): void {
    if (track.published) return;
    track.published = true;
    this.#events.trackStarted(track);
  }

  /** A browser may send with an SSRC that its offer did not name: the idle section takes it. */
  #adopt(ssrc: number): UpTrack | undefined {
    if (this.#upBySsrc.size >= MAX_UP_TRACKS) return undefined;
    const idle = [...this.#upByMid.values()].filter((track) => !track.started);
    const [track] = idle;
    if (track && idle.length === 1) this.#upBySsrc.set(ssrc, track);
    return idle.length === 1 ? track : undefined;
  }

  #readPublished(offer: Offer): Map<string, IncomingTrack> {
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

  #claim(section: OfferSection, known: UpTrack | undefined): IncomingTrack | undefined {
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
    for (const down of [...track.downTracks]) down.session.unsubscribe(track);
  }

  #placeDownTracks(offer: Offer): Map<string, OutgoingTrack> {
    const outgoing = new Map<string, OutgoingTrack>();
    const taken = new Map([...this.#downs.values()].map((down) => [down.mid, down]));
    const waiting = [...this.#downs.values()].filter((down) => down.mid === undefined);
    this.#free = 0;
    for (const section of offer.sections) {
      const isCooling = this.#cooling.delete(section.mid);
      const opus = section.kind === 'audio' ? opusOf(section) : undefined;
      // A client may send in a section in which it receives already, and goes on receiving there.
      const isOpen = section.direction === 'recvonly';
      if (!opus || section.rejected || !(isOpen || section.direction === 'sendrecv')) continue;
      const down = taken.get(section.mid) ?? (isOpen && !isCooling ? waiting.shift() : undefined);
      if (!down) {
        if (isOpen) this.#free += 1;
        continue;
      }
      down.mid = section.mid;
      down.payloadType = opus.payloadType;
      outgoing.set(section.mid, {
        ssrc: down.ssrc,
        participantSid: down.track.publisherSid,
        trackSid: down.track.sid,
      });
    }
    return outgoing;
  }

  #requestSections(): void {
    if (!this.#transport || this.#negotiating) return;
    const waiting = [...this.#downs.values()].filter((down) => down.mid === undefined).length;
    if (this.#requested || (waiting === 0 && this.#cooling.size === 0)) return;
    this.#requested = true;
    this.#events.needsSections(Math.max(0, waiting - this.#free - this.#cooling.size));
  }
}
