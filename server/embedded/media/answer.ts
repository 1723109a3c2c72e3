// Writes the SDP answer to a client's offer: which section carries which forwarded track.
import type { Description, Section, SectionCodec } from './sdp.js';
import {
  applicationLines,
  candidateLines,
  connectionLines,
  headLines,
  trackLines,
} from './sdp-lines.js';
import type { TransportParameters } from './sdp-lines.js';
import type { OutgoingTrack } from './tracks.js';

/** How the server receives the track that a client publishes in a section. */
export interface IncomingTrack {
  readonly allowDtx: boolean;
  readonly stereo: boolean;
}

/** The tracks of an answer by the mid of their section: `outgoing` to the client, `incoming` from it. */
export interface AnswerPlan {
  readonly outgoing: ReadonlyMap<string, OutgoingTrack>;
  readonly incoming: ReadonlyMap<string, IncomingTrack>;
}

/** The SDP that answers `offer`, with the server's transport and the planned tracks. */
export function writeAnswer(
  offer: Description,
  transport: TransportParameters,
  plan: AnswerPlan,
  sessionVersion: number,
): string {
  const bundled = offer.sections.filter((section) => !section.rejected);
  const mids = bundled.map((section) => section.mid);
  const lines = headLines(transport, mids, sessionVersion);
  for (const section of offer.sections) {
    lines.push(...writeSection(section, transport, plan, section === bundled[0]));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** The Opus codec of a section; undefined when the client cannot use it. */
export function opusOf(section: Pick<Section, 'codecs'>): SectionCodec | undefined {
  return section.codecs.find((codec) => codec.name === 'opus');
}

function writeSection(
  section: Section,
  transport: TransportParameters,
  plan: AnswerPlan,
  first: boolean,
): string[] {
  if (section.rejected) {
    return [
      `m=${section.kind} 0 ${section.protocol} ${section.formats}`,
      'c=IN IP4 0.0.0.0',
      `a=mid:${section.mid}`,
      'a=inactive',
    ];
  }
  const candidates = first ? candidateLines(transport) : [];
  if (section.kind === 'application') {
    const media = `${section.protocol} ${section.formats}`;
    return [...applicationLines(section.mid, transport, media), ...candidates];
  }
  return [...writeMedia(section, transport, plan), ...candidates];
}

function writeMedia(section: Section, transport: TransportParameters, plan: AnswerPlan): string[] {
  const codec = section.kind === 'audio' ? opusOf(section) : section.codecs[0];
  const outgoing = codec && plan.outgoing.get(section.mid);
  const incoming = codec && plan.incoming.get(section.mid);
  const payload = codec ? String(codec.payloadType) : section.formats;
  const lines = [
    `m=${section.kind} 9 ${section.protocol} ${payload}`,
    ...connectionLines(section.mid, transport),
    'a=rtcp-mux',
    'a=rtcp-rsize',
  ];
  if (codec) {
    lines.push(`a=rtpmap:${codec.payloadType} ${codec.rtpmap}`);
    const fmtp = section.kind === 'audio' ? opusParameters(codec, incoming) : codec.fmtp;
    if (fmtp) lines.push(`a=fmtp:${codec.payloadType} ${fmtp}`);
  }
  if (section.midExtensionId) {
    lines.push(`a=extmap:${section.midExtensionId} urn:ietf:params:rtp-hdrext:sdes:mid`);
  }
  if (section.audioLevelId) {
    lines.push(`a=extmap:${section.audioLevelId} urn:ietf:params:rtp-hdrext:ssrc-audio-level`);
  }
  lines.push(`a=${answerDirection(outgoing, incoming)}`);
  if (outgoing) lines.push(...trackLines(outgoing));
  return lines;
}

function answerDirection(outgoing: unknown, incoming: unknown): string {
  if (outgoing && incoming) return 'sendrecv';
  if (outgoing) return 'sendonly';
  return incoming ? 'recvonly' : 'inactive';
}

function opusParameters(codec: SectionCodec, incoming: IncomingTrack | undefined): string {
  const kept = (codec.fmtp ?? 'minptime=10;useinbandfec=1')
    .split(';')
    .filter((part) => !incoming || !/^(usedtx|stereo|sprop-stereo)=/.test(part.trim()));
  if (incoming?.allowDtx) kept.push('usedtx=1');
  if (incoming?.stereo) kept.push('stereo=1', 'maxaveragebitrate=510000');
  return kept.join(';');
}
