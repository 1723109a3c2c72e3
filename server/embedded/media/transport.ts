// One client's ICE, DTLS-SRTP and SCTP connection; carries raw RTP, RTCP and data-channel bytes.
import { isIP } from 'node:net';
import { cleanup, PeerConnection } from 'node-datachannel';
import type { DataChannel, Track } from 'node-datachannel';
import { Budget } from '../budget.js';
import { log } from '../log.js';
import type { TransportParameters } from './answer.js';
import { SdpError } from './sdp.js';
import type { Offer } from './sdp.js';

export interface TransportSettings {
  readonly host: string;
  readonly publicIp: string | undefined;
  readonly udpPorts: { readonly first: number; readonly last: number } | undefined;
}

export type TransportState = 'connecting' | 'connected' | 'disconnected' | 'failed';

export interface TransportEvents {
  state(state: TransportState): void;
  rtp(packet: Buffer): void;
  rtcp(packet: Buffer): void;
  data(label: string, message: Buffer): void;
  channelOpen(label: string): void;
  /** More data came than one connection may send; this packet and the next ones are not told. */
  flooded(): void;
}

const MAX_MESSAGE_SIZE = 256 * 1024;
const GATHER_TIMEOUT_MS = 3000;
const MAX_CHANNELS = 16;
/** How many addresses of its own a client may name. */
export const MAX_CANDIDATES = 32;
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;
/** Of all its channels together: a file may come in one burst, and speech as data goes on for ever. */
const DATA_BYTES = { burst: 4 * 1024 * 1024, perSecond: 1024 * 1024 };
/** What a message costs beyond its bytes. */
const MESSAGE_BYTES = 128;

/** Releases everything native; after it no transport may be used. */
export function releaseNative(): void {
  cleanup();
}

/**
 * The native library sees one audio section for all RTP and one for data, whatever the client
 * offers: SSRCs, sections and their tracks are the server's own business, so renegotiation never
 * reaches the native connection.
 */
export class Transport {
  readonly #peer: PeerConnection;
  readonly #settings: TransportSettings;
  readonly #events: TransportEvents;
  readonly #channels = new Map<string, DataChannel>();
  readonly #remoteUfrag: string;
  readonly #dataBytes = new Budget(DATA_BYTES);
  #channelCount = 0;
  #candidateCount = 0;
  #faulted = false;
  #track: Track | undefined;
  #trackOpen = false;
  #closed = false;
  #parameters: Promise<TransportParameters>;

  constructor(offer: Offer, settings: TransportSettings, events: TransportEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#remoteUfrag = offer.iceUfrag;
    const range = settings.udpPorts;
    this.#peer = new PeerConnection('client', {
      iceServers: [],
      maxMessageSize: MAX_MESSAGE_SIZE,
      // A public address belongs to some other interface than the one that HTTP listens on.
      ...(settings.publicIp || isAny(settings.host) ? {} : { bindAddress: settings.host }),
      ...(range ? { portRangeBegin: range.first, portRangeEnd: range.last } : {}),
      ...(range && range.first === range.last ? { enableIceUdpMux: true } : {}),
    });
    this.#listen();
    this.#parameters = this.#gather();
    this.#parameters.catch(() => undefined);
    try {
      this.#peer.setRemoteDescription(nativeOffer(offer), 'offer');
    } catch (error) {
      this.close();
      throw SdpError.because(`the offer was refused: ${String(error)}`);
    }
    for (const line of offer.candidates) this.addCandidate(line);
  }

  /** What the answer must say about this side; resolves when candidates are known. */
  parameters(): Promise<TransportParameters> {
    return this.#parameters;
  }

  /** Whether a later offer asks for new ICE credentials, which this transport cannot take. */
  isRestart(offer: Offer): boolean {
    return offer.iceUfrag !== this.#remoteUfrag;
  }

  addCandidate(candidate: string): void {
    const [, , protocol = '', , address = ''] = candidate.split(' ');
    // A name would be looked up by the library; the client's own checks reveal its address anyway.
    if (this.#closed || protocol.toLowerCase() !== 'udp' || isIP(address) === 0) return;
    this.#candidateCount += 1;
    if (this.#candidateCount > MAX_CANDIDATES) return;
    try {
      this.#peer.addRemoteCandidate(candidate, '0');
    } catch {
      // A candidate that the library refuses is as good as one that never answers.
    }
  }

  /** Sends one RTP or RTCP packet; lost silently while the connection is not up. */
  sendMedia(packet: Buffer): void {
    if (!this.#trackOpen) return;
    try {
      this.#track?.sendMessageBinary(packet);
    } catch {
      // This packet is lost; the next may pass.
    }
  }

  /** Sends on the client's channel `label`; false when it is not open or too far behind. */
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

  #listen(): void {
    this.#peer.onStateChange(
      this.#guard((state: string) => {
        if (state === 'connecting' || state === 'connected') this.#events.state(state);
        if (state === 'disconnected' || state === 'failed') this.#events.state(state);
        if (state === 'closed') this.#events.state('failed');
      }),
    );
    this.#peer.onTrack((track) => {
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
    });
    this.#peer.onDataChannel(this.#guard((channel: DataChannel) => this.#addChannel(channel)));
  }

  /** The library swallows what its callbacks throw: here it is logged, once a connection. */
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
    if (channel.isOpen()) this.#events.channelOpen(label);
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

function nativeOffer(offer: Offer): string {
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0 1',
    `a=fingerprint:${offer.fingerprint}`,
    `a=ice-ufrag:${offer.iceUfrag}`,
    `a=ice-pwd:${offer.icePwd}`,
    'a=ice-options:trickle',
    `a=setup:${/^(active|passive|actpass)$/.test(offer.setup) ? offer.setup : 'actpass'}`,
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=sendrecv',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=mid:1',
    'a=sctp-port:5000',
    `a=max-message-size:${MAX_MESSAGE_SIZE}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function readParameters(sdp: string, publicIp: string | undefined): TransportParameters {
  const lines = sdp.split(/\r?\n/);
  const value = (name: string): string =>
    lines.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3) ?? '';
  const candidates = lines
    .filter((line) => line.startsWith('a=candidate:'))
    .map((line) => line.slice(2));
  return {
    iceUfrag: value('ice-ufrag'),
    icePwd: value('ice-pwd'),
    fingerprint: value('fingerprint'),
    setup: value('setup') || 'active',
    candidates: [...new Set(publicIp ? candidates.map((c) => publish(c, publicIp)) : candidates)],
    maxMessageSize: MAX_MESSAGE_SIZE,
  };
}

function publish(candidate: string, publicIp: string): string {
  const words = candidate.split(' ');
  words[0] = 'candidate:1';
  words[3] = '2130706431';
  words[4] = publicIp;
  return words.join(' ');
}
