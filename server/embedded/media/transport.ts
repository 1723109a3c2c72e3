// One connection of a client: ICE, DTLS-SRTP and SCTP by the native library. Carries RTP, RTCP and data-channel
// messages as bytes.
import { isIP } from 'node:net';
import { Audio, cleanup, PeerConnection } from 'node-datachannel';
import type { DataChannel, Track } from 'node-datachannel';
import { Budget } from '../budget.js';
import { log } from '../log.js';
import { MAX_MESSAGE_SIZE, nativeDescription, readParameters } from './native-sdp.js';
import { OPUS } from './offer.js';
import { OWN_CHANNELS } from './own-channels.js';
import { SdpError } from './sdp.js';
import type { Description } from './sdp.js';
import type { TransportParameters } from './sdp-lines.js';

/** Addresses and UDP ports of connections. `publicIp` is announced in place of `host`. */
export interface TransportSettings {
  readonly host: string;
  readonly publicIp: string | undefined;
  readonly udpPorts: { readonly first: number; readonly last: number } | undefined;
}

/** The state of a connection. A disconnected one may recover, a failed one does not. */
export type TransportState = 'connecting' | 'connected' | 'disconnected' | 'failed';

/** What a connection tells its session. */
export interface TransportEvents {
  state(state: TransportState): void;
  rtp(packet: Buffer): void;
  rtcp(packet: Buffer): void;
  data(label: string, message: Buffer): void;
  channelOpen(label: string): void;
  /** The client has sent more data than a connection may; this packet and all later ones are dropped. */
  flooded(): void;
}

const GATHER_TIMEOUT_MS = 3000;
const MAX_CHANNELS = 16;
/** How many candidates a client may send. */
export const MAX_CANDIDATES = 32;
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;
/**
 * Limit of all data channels of a connection together, in bytes: a file may come in one burst, and streams go on for
 * ever.
 */
const DATA_BYTES = { burst: 4 * 1024 * 1024, perSecond: 1024 * 1024 };
/** Bytes that count for each message in addition to its own, so that many small ones are limited too. */
const MESSAGE_BYTES = 128;

/** Releases all memory of the native library. No transport may be used afterwards. */
export function releaseNative(): void {
  cleanup();
}

/**
 * The native library always sees one section for all RTP and one for data. SSRCs, sections and tracks are handled here,
 * so renegotiation never reaches the native connection.
 */
export class Transport {
  readonly #peer: PeerConnection;
  readonly #settings: TransportSettings;
  readonly #events: TransportEvents;
  readonly #channels = new Map<string, DataChannel>();
  readonly #dataBytes = new Budget(DATA_BYTES);
  readonly #pendingCandidates: string[] = [];
  #remoteUfrag: string | undefined;
  #channelCount = 0;
  #candidateCount = 0;
  #faulted = false;
  #track: Track | undefined;
  #trackOpen = false;
  #closed = false;
  #parameters: Promise<TransportParameters>;

  private constructor(settings: TransportSettings, events: TransportEvents, isOffering: boolean) {
    this.#settings = settings;
    this.#events = events;
    const range = settings.udpPorts;
    this.#peer = new PeerConnection('client', {
      iceServers: [],
      maxMessageSize: MAX_MESSAGE_SIZE,
      disableAutoNegotiation: isOffering,
      // With a public address the connection is on another interface than HTTP, so it binds to all.
      ...(settings.publicIp || isAny(settings.host) ? {} : { bindAddress: settings.host }),
      ...(range ? { portRangeBegin: range.first, portRangeEnd: range.last } : {}),
      ...(range && range.first === range.last ? { enableIceUdpMux: true } : {}),
    });
    this.#listen();
    this.#parameters = this.#gather();
    this.#parameters.catch(() => undefined);
  }

  /** A connection that the client offers. Throws `SdpError` when the offer cannot be used. */
  static answering(
    offer: Description,
    settings: TransportSettings,
    events: TransportEvents,
  ): Transport {
    const transport = new Transport(settings, events, false);
    transport.#describe(offer, 'offer');
    return transport;
  }

  /**
   * A connection that the server offers, with data channels of its own; `accept` takes the answer. Throws when no port
   * is free.
   */
  static offering(settings: TransportSettings, events: TransportEvents): Transport {
    const transport = new Transport(settings, events, true);
    try {
      transport.#offer();
    } catch (error) {
      transport.close();
      throw error;
    }
    return transport;
  }

  /** What the client must know of this side; resolves when the candidates are known. */
  parameters(): Promise<TransportParameters> {
    return this.#parameters;
  }

  /** Whether a later offer asks for an ICE restart, which this transport cannot do. */
  isRestart(offer: Description): boolean {
    return offer.iceUfrag !== this.#remoteUfrag;
  }

  /**
   * Takes the client's first answer; false for later ones, which say nothing of the connection. Throws `SdpError` when
   * it cannot be used.
   */
  accept(answer: Description): boolean {
    if (this.#remoteUfrag !== undefined) return false;
    this.#describe(answer, 'answer');
    return true;
  }

  addCandidate(candidate: string): void {
    const [, , protocol = '', , address = ''] = candidate.split(' ');
    // The library would look names up; the client's connectivity checks reveal its address anyway.
    if (this.#closed || protocol.toLowerCase() !== 'udp' || isIP(address) === 0) return;
    this.#candidateCount += 1;
    if (this.#candidateCount > MAX_CANDIDATES) return;
    if (this.#remoteUfrag === undefined) {
      this.#pendingCandidates.push(candidate);
      return;
    }
    this.#addCandidate(candidate);
  }

  /** Sends an RTP or RTCP packet; it is lost while the connection is not up. */
  sendMedia(packet: Buffer): void {
    if (!this.#trackOpen) return;
    try {
      this.#track?.sendMessageBinary(packet);
    } catch {
      // This packet is lost; the next may pass.
    }
  }

  /** Sends on the client's channel `label`; false when the channel is not open or its buffer is full. */
  sendData(label: string, message: Uint8Array): boolean {
    const channel = this.#channels.get(label);
    try {
      if (!channel?.isOpen() || channel.bufferedAmount() > MAX_BUFFERED_BYTES) return false;
      return channel.sendMessageBinary(message) || true;
    } catch {
      return false;
    }
  }

  isChannelOpen(label: string): boolean {
    return !this.#closed && (this.#channels.get(label)?.isOpen() ?? false);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#trackOpen = false;
    this.#track = undefined;
    this.#channels.clear();
    this.#peer.close();
  }

  #describe(remote: Description, type: 'offer' | 'answer'): void {
    try {
      this.#peer.setRemoteDescription(nativeDescription(remote, type), type);
    } catch (error) {
      this.close();
      throw SdpError.because(`the ${type} was refused: ${String(error)}`);
    }
    this.#remoteUfrag = remote.iceUfrag;
    for (const line of this.#pendingCandidates) this.#addCandidate(line);
    for (const line of remote.candidates) this.addCandidate(line);
  }

  #offer(): void {
    const audio = new Audio('0', 'SendRecv');
    audio.addOpusCodec(OPUS);
    this.#setTrack(this.#peer.addTrack(audio));
    for (const { label, options } of OWN_CHANNELS) {
      this.#keepChannel(label, this.#peer.createDataChannel(label, options));
    }
    this.#peer.setLocalDescription('offer');
  }

  #listen(): void {
    this.#peer.onStateChange(
      this.#guard((state: string) => {
        if (state === 'connecting' || state === 'connected') this.#events.state(state);
        if (state === 'disconnected' || state === 'failed') this.#events.state(state);
        if (state === 'closed') this.#events.state('failed');
      }),
    );
    this.#peer.onTrack((track) => this.#setTrack(track));
    this.#peer.onDataChannel(this.#guard((channel: DataChannel) => this.#addChannel(channel)));
  }

  #addCandidate(candidate: string): void {
    try {
      this.#peer.addRemoteCandidate(candidate, '0');
    } catch {
      // A refused candidate is the same as one that never answers.
    }
  }

  #setTrack(track: Track): void {
    this.#track = track;
    track.onOpen(() => (this.#trackOpen = !this.#closed));
    track.onClosed(() => (this.#trackOpen = false));
    track.onMessage(
      this.#guard((packet: Buffer) => {
        if (packet.length < 8) return;
        const type = packet.readUInt8(1);
        if (type >= 192 && type <= 223) this.#events.rtcp(packet);
        else if (packet.length >= 12) this.#events.rtp(packet);
      }),
    );
  }

  /** Logs what a callback throws, once per connection: the library would discard it. */
  #guard<Values extends unknown[]>(body: (...values: Values) => void): (...values: Values) => void {
    return (...values) => {
      if (this.#closed) return;
      try {
        body(...values);
      } catch (error) {
        if (this.#faulted) return;
        this.#faulted = true;
        const { stack } = error as Error;
        log('error', 'uncaught in a media callback', { error: stack ?? String(error) });
      }
    };
  }

  #addChannel(channel: DataChannel): void {
    this.#channelCount += 1;
    const label = channel.getLabel();
    if (this.#closed || this.#channelCount > MAX_CHANNELS || this.#channels.has(label)) {
      channel.close();
      return;
    }
    this.#keepChannel(label, channel);
    if (channel.isOpen()) this.#events.channelOpen(label);
  }

  #keepChannel(label: string, channel: DataChannel): void {
    this.#channels.set(label, channel);
    channel.onMessage(
      this.#guard((message: string | Buffer | ArrayBuffer) => {
        const size = typeof message === 'string' ? message.length : message.byteLength;
        if (!this.#dataBytes.take(size + MESSAGE_BYTES)) this.#events.flooded();
        else if (typeof message !== 'string') {
          this.#events.data(label, Buffer.isBuffer(message) ? message : Buffer.from(message));
        }
      }),
    );
    channel.onOpen(this.#guard(() => this.#events.channelOpen(label)));
    channel.onClosed(() => this.#channels.delete(label));
  }

  #gather(): Promise<TransportParameters> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no candidates')), GATHER_TIMEOUT_MS);
      this.#peer.onGatheringStateChange((state) => {
        if (state !== 'complete') return;
        clearTimeout(timer);
        const sdp = this.#peer.localDescription()?.sdp;
        if (this.#closed || !sdp) reject(new Error('the transport is closed'));
        else resolve(readParameters(sdp, this.#settings.publicIp));
      });
    });
  }
}

function isAny(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '';
}
