// Converts between SDP of clients and of the native library, whose descriptions always have the same two sections.
import { OPUS } from './offer.js';
import type { Description } from './sdp.js';
import type { TransportParameters } from './sdp-lines.js';

/** Bytes of one data-channel message that the server accepts, as announced in its SDP. */
export const MAX_MESSAGE_SIZE = 256 * 1024;

/** The client's offer or answer, as the native library is to see it. */
export function nativeDescription(remote: Description, type: 'offer' | 'answer'): string {
  const [fallback, allowed] =
    type === 'offer'
      ? (['actpass', /^(active|passive|actpass)$/] as const)
      : (['active', /^(active|passive)$/] as const);
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0 1',
    `a=fingerprint:${remote.fingerprint}`,
    `a=ice-ufrag:${remote.iceUfrag}`,
    `a=ice-pwd:${remote.icePwd}`,
    'a=ice-options:trickle',
    `a=setup:${allowed.test(remote.setup) ? remote.setup : fallback}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${OPUS}`,
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=sendrecv',
    'a=rtcp-mux',
    `a=rtpmap:${OPUS} opus/48000/2`,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=mid:1',
    'a=sctp-port:5000',
    `a=max-message-size:${MAX_MESSAGE_SIZE}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** What a client must know of the native library's offer or answer. `publicIp` replaces the addresses in candidates. */
export function readParameters(sdp: string, publicIp: string | undefined): TransportParameters {
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
