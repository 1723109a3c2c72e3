// The media of one participant: what it sends, what it receives, and its one or two connections.
import { opusOf, writeAnswer } from './answer.js';
import { Downlink } from './downlink.js';
import type { OfferedSection } from './downlink.js';
import { parseDescription, SdpError } from './sdp.js';
import type { Description } from './sdp.js';
import { SubscriberOffers, tracksOf } from './subscriber-offers.js';
import type { OfferEvents, SentDescription } from './subscriber-offers.js';
import type { UpTrack } from './tracks.js';
import { MAX_CANDIDATES, Transport } from './transport.js';
import type { TransportEvents, TransportSettings, TransportState } from './transport.js';
import { Uplink } from './uplink.js';
import type { UplinkEvents } from './uplink.js';

/** What a session tells its participant. `offer` and `candidate` come for clients with two connections only. */
export interface MediaEvents extends UplinkEvents, OfferEvents {
  state(state: TransportState): void;
  data(label: string, message: Buffer): void;
  channelOpen(label: string): void;
  /** The client sends more data than a connection may. */
  flooded(): void;
  /** A track is negotiated: its packets flow to this participant from now on. */
  subscribed(track: UpTrack): void;
  /** A client with one connection is to make its next offer with `audios` audio sections more. */
  needsSections(audios: number): void;
}

/** The connection that a message is about. A client with one connection has a publisher only. */
export type Target = 'publisher' | 'subscriber';

/**
 * A client with two connections offers what it sends on the publisher, and is offered what it receives on the
 * subscriber. A client with one offers sections for both directions on the publisher.
 */
export class MediaSession {
  readonly #isDual: boolean;
  readonly #settings: TransportSettings;
  readonly #events: MediaEvents;
  readonly #uplink: Uplink;
  readonly #downlink: Downlink;
  readonly #states = new Map<Target, TransportState>();
  readonly #pendingCandidates: string[] = [];
  #publisher: Transport | undefined;
  #subscriber: Transport | undefined;
  #offers: SubscriberOffers | undefined;
  #version = 1;
  #lastPacketAt = 0;
  #closed = false;

  constructor(
    participantSid: string,
    isDual: boolean,
    settings: TransportSettings,
    events: MediaEvents,
  ) {
    this.#isDual = isDual;
    this.#settings = settings;
    this.#events = events;
    this.#uplink = new Uplink(participantSid, events);
    this.#downlink = new Downlink({
      send: (packet) => this.#receiving?.sendMedia(packet),
      subscribed: (track) => events.subscribed(track),
      needsSections: (audios) =>
        this.#offers ? this.#offers.offer(audios) : events.needsSections(audios),
    });
  }

  /** When the last RTP, RTCP or data arrived (ms since 1970); 0 for never. */
  get lastPacketAt(): number {
    return this.#lastPacketAt;
  }

  /** The tracks that have a section at the client. */
  get receivedTracks(): UpTrack[] {
    return this.#downlink.receivedTracks;
  }

  /** Sends a client with two connections its first offer. Rejects when the connection cannot be made. */
  async start(): Promise<void> {
    if (!this.#isDual || this.#closed) return;
    this.#subscriber = Transport.offering(this.#settings, this.#hear('subscriber'));
    this.#offers = new SubscriberOffers(this.#subscriber, this.#downlink, this.#events);
    await this.#offers.start();
  }

  /** Answers an offer. Throws `SdpError` when it cannot be used; undefined when only a new connection can help. */
  async answer(sdp: string): Promise<SentDescription | undefined> {
    const offer = parseDescription(sdp);
    if (this.#closed) throw SdpError.because('the session is closed');
    if (this.#publisher?.isRestart(offer)) return undefined;
    if (!this.#isDual) this.#downlink.begin();
    this.#publisher ??= this.#open(offer);
    const parameters = await this.#publisher.parameters();
    if (this.#closed) throw SdpError.because('the session is closed');
    const incoming = this.#uplink.read(offer);
    const outgoing = this.#isDual ? new Map() : this.#downlink.place(offeredSections(offer));
    this.#version += 1;
    return {
      sdp: writeAnswer(offer, parameters, { incoming, outgoing }, this.#version),
      midToTrackId: tracksOf(outgoing),
    };
  }

  /** To be called after an answer was sent: announces new tracks and subscriptions, and asks for missing sections. */
  settle(): void {
    this.#uplink.publishOffered();
    if (!this.#isDual) this.#downlink.settle();
  }

  /** Takes the client's answer to an offer of the server's. Throws `SdpError` when it cannot be used. */
  accept(sdp: string, id: number): void {
    if (!this.#closed) this.#offers?.accept(sdp, id);
  }

  addCandidate(candidate: string, target: Target): void {
    const transport = target === 'subscriber' ? this.#subscriber : this.#publisher;
    if (transport) transport.addCandidate(candidate);
    else if (target === 'publisher' && this.#pendingCandidates.length < MAX_CANDIDATES)
      this.#pendingCandidates.push(candidate);
  }

  /** Forwards `track` to this participant as soon as a section can carry it. */
  subscribe(track: UpTrack): void {
    this.#downlink.subscribe(track);
  }

  isSubscribed(track: UpTrack): boolean {
    return this.#downlink.isSubscribed(track);
  }

  unsubscribe(track: UpTrack): void {
    this.#downlink.unsubscribe(track);
  }

  /** Pauses or resumes the packets of a subscribed track. */
  pause(track: UpTrack, isPaused: boolean): void {
    this.#downlink.pause(track, isPaused);
  }

  /** Ends a track that this participant may not send any longer. */
  endTrack(sid: string): void {
    this.#uplink.endTrack(sid);
  }

  sendData(label: string, message: Uint8Array): boolean {
    return this.#receiving?.sendData(label, message) ?? false;
  }

  isChannelOpen(label: string): boolean {
    return this.#receiving?.isChannelOpen(label) ?? false;
  }

  /** Sends the client receiver reports about its packets. Called about once a second. */
  sendReports(): void {
    const report = this.#uplink.report();
    if (report) this.#publisher?.sendMedia(report);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#downlink.close();
    this.#uplink.close();
    this.#publisher?.close();
    this.#subscriber?.close();
  }

  get #receiving(): Transport | undefined {
    return this.#isDual ? this.#subscriber : this.#publisher;
  }

  #open(offer: Description): Transport {
    const transport = Transport.answering(offer, this.#settings, this.#hear('publisher'));
    for (const candidate of this.#pendingCandidates.splice(0)) transport.addCandidate(candidate);
    return transport;
  }

  #hear(target: Target): TransportEvents {
    const isReceiving = (): boolean => (target === 'subscriber') === this.#isDual;
    return {
      state: (state) => {
        this.#states.set(target, state);
        this.#events.state(this.#state());
        if (target === 'publisher' && state === 'connected') this.#uplink.connected();
        this.#uplink.publishOffered();
      },
      rtp: (packet) => {
        if (target === 'publisher' && this.#uplink.receive(packet)) this.#lastPacketAt = Date.now();
      },
      rtcp: (packet) => {
        this.#lastPacketAt = Date.now();
        if (target === 'publisher') this.#uplink.receiveControl(packet);
      },
      // As in livekit-server, clients may speak on their own data channels only.
      data: (label, message) => {
        if (target !== 'publisher') return;
        this.#lastPacketAt = Date.now();
        this.#events.data(label, message);
      },
      channelOpen: (label) => {
        if (isReceiving()) this.#events.channelOpen(label);
      },
      flooded: () => this.#events.flooded(),
    };
  }

  /** Connected when the connection that receives is up and the one that sends has not failed. */
  #state(): TransportState {
    const all = [...this.#states.values()];
    const broken = all.find((state) => state === 'failed' || state === 'disconnected');
    return broken ?? this.#states.get(this.#isDual ? 'subscriber' : 'publisher') ?? 'connecting';
  }
}

/** The sections of a client's offer in which it would receive. One that carries a track to it already may also send. */
function offeredSections(offer: Description): OfferedSection[] {
  return offer.sections.flatMap(({ kind, codecs, direction, mid, rejected }) => {
    const opus = kind === 'audio' ? opusOf({ codecs }) : undefined;
    if (!opus || rejected || !(direction === 'recvonly' || direction === 'sendrecv')) return [];
    return [{ mid, payloadType: opus.payloadType, isOpen: direction === 'recvonly' }];
  });
}
