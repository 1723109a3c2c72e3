// Writes the SDP offer of the connection on which a client receives.
import { applicationLines, connectionLines, headLines, trackLines } from './sdp-lines.js';
import type { TransportParameters } from './sdp-lines.js';
import type { OutgoingTrack } from './tracks.js';

/** The RTP payload type of Opus in the server's offers. */
export const OPUS = 111;

const DATA_MID = '0';

/** The mid of the audio section with that number, from 0. */
export function audioMid(index: number): string {
  return String(index + 1);
}

/**
 * The offer of the data channels and `audios` audio sections. Sections keep their places in all offers of a connection;
 * those without a track are inactive. Candidates are sent apart.
 */
export function writeOffer(
  transport: TransportParameters,
  audios: number,
  outgoing: ReadonlyMap<string, OutgoingTrack>,
  version: number,
): string {
  const mids = Array.from({ length: audios }, (_, index) => audioMid(index));
  const lines = [
    ...headLines(transport, [DATA_MID, ...mids], version),
    'a=ice-options:trickle',
    ...applicationLines(DATA_MID, transport, 'UDP/DTLS/SCTP webrtc-datachannel'),
    ...mids.flatMap((mid) => audioLines(mid, transport, outgoing.get(mid))),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function audioLines(
  mid: string,
  transport: TransportParameters,
  track: OutgoingTrack | undefined,
): string[] {
  return [
    `m=audio 9 UDP/TLS/RTP/SAVPF ${OPUS}`,
    ...connectionLines(mid, transport),
    'a=rtcp-mux',
    'a=rtcp-rsize',
    `a=rtpmap:${OPUS} opus/48000/2`,
    `a=fmtp:${OPUS} minptime=10;useinbandfec=1`,
    ...(track ? ['a=sendonly', ...trackLines(track)] : ['a=inactive']),
  ];
}
