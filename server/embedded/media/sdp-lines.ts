// SDP lines that the server's offers and answers have in common.
import type { OutgoingTrack } from './tracks.js';

/** What a client must know of a connection of the server's: ICE, DTLS and candidates. */
export interface TransportParameters {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly fingerprint: string;
  readonly setup: string;
  readonly candidates: readonly string[];
  readonly maxMessageSize: number;
}

/** The lines of the session; `mids` are those of the bundle. */
export function headLines(
  transport: TransportParameters,
  mids: readonly string[],
  version: number,
): string[] {
  return [
    'v=0',
    `o=- 4611731400430051336 ${version} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    'a=msid-semantic:WMS *',
    `a=fingerprint:${transport.fingerprint}`,
    'a=extmap-allow-mixed',
    `a=group:BUNDLE ${mids.join(' ')}`,
  ];
}

/** The ICE and DTLS lines of a section. */
export function connectionLines(mid: string, transport: TransportParameters): string[] {
  return [
    'c=IN IP4 0.0.0.0',
    `a=setup:${transport.setup}`,
    `a=mid:${mid}`,
    `a=ice-ufrag:${transport.iceUfrag}`,
    `a=ice-pwd:${transport.icePwd}`,
  ];
}

/** The candidates, for the first section. */
export function candidateLines(transport: TransportParameters): string[] {
  return [...transport.candidates.map((line) => `a=${line}`), 'a=end-of-candidates'];
}

/** The section of the data channels. */
export function applicationLines(
  mid: string,
  transport: TransportParameters,
  media: string,
): string[] {
  return [
    `m=application 9 ${media}`,
    ...connectionLines(mid, transport),
    'a=sctp-port:5000',
    `a=max-message-size:${transport.maxMessageSize}`,
  ];
}

/** The lines that name the track, participant and SSRC of a section. */
export function trackLines({ ssrc, participantSid, trackSid }: OutgoingTrack): string[] {
  const stream = `${participantSid}|${trackSid}`;
  return [
    `a=msid:${stream} ${trackSid}`,
    `a=ssrc:${ssrc} cname:${stream}`,
    `a=ssrc:${ssrc} msid:${stream} ${trackSid}`,
  ];
}
