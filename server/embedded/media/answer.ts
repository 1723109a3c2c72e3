// Writes the SDP answer to a client's offer: which sections carry which forwarded track.
import type { Offer, OfferCodec, OfferSection } from './sdp.js';

export interface TransportParameters {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly fingerprint: string;
  readonly setup: string;
  readonly candidates: readonly string[];
  readonly maxMessageSize: number;
}

/** A track that is sent to the client in one section. */
export interface OutgoingTrack {
  readonly ssrc: number;
  readonly participantSid: string;
  readonly trackSid: string;
}

/** How the server receives what the client publishes in one section. */
export interface IncomingTrack {
  readonly allowDtx: boolean;
  readonly stereo: boolean;
}

export interface AnswerPlan {
  readonly outgoing: ReadonlyMap<string, OutgoingTrack>;
  readonly incoming: ReadonlyMap<string, IncomingTrack>;
}

/** Returns the SDP text that answers `offer` with the server's transport and the planned tracks. */
export function writeAnswer(
  offer: Offer,
  transport: TransportParameters,
  plan: AnswerPlan,
  sessionVersion: number,
): string {
  const bundled = offer.sections.filter((section) => !section.rejected);
  const lines = [
    'v=0',
    `o=- 4611731400430051336 ${sessionVersion} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    'a=msid-semantic:WMS *',
    `a=fingerprint:${transport.fingerprint}`,
    'a=extmap-allow-mixed',
    `a=group:BUNDLE ${bundled.map((section) => section.mid).join(' ')}`,
  ];
  for (const section of offer.sections) {
    lines.push(...writeSection(section, transport, plan, section === bundled[0]));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** The Opus format of a section, if the client can use it. */
export function opusOf(section: OfferSection): OfferCodec | undefined {
  return section.codecs.find((codec) => codec.name === 'opus');
}

function writeSection(
  section: OfferSection,
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
  const shared = [
    'c=IN IP4 0.0.0.0',
    `a=setup:${transport.setup}`,
    `a=mid:${section.mid}`,
    `a=ice-ufrag:${transport.iceUfrag}`,
    `a=ice-pwd:${transport.icePwd}`,
  ];
  const candidates = first
    ? [...transport.candidates.map((line) => `a=${line}`), 'a=end-of-candidates']
    : [];
  if (section.kind === 'application') {
    return [
      `m=application 9 ${section.protocol} ${section.formats}`,
      ...shared,
      'a=sctp-port:5000',
      `a=max-message-size:${transport.maxMessageSize}`,
      ...candidates,
    ];
  }
  return [...writeMedia(section, shared, plan), ...candidates];
}

function writeMedia(section: OfferSection, shared: readonly string[], plan: AnswerPlan): string[] {
  const codec = section.kind === 'audio' ? opusOf(section) : section.codecs[0];
  const outgoing = codec && plan.outgoing.get(section.mid);
  const incoming = codec && plan.incoming.get(section.mid);
  const payload = codec ? String(codec.payloadType) : section.formats;
  const lines = [
    `m=${section.kind} 9 ${section.protocol} ${payload}`,
    ...shared,
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
  if (outgoing) {
    const stream = `${outgoing.participantSid}|${outgoing.trackSid}`;
    lines.push(
      `a=msid:${stream} ${outgoing.trackSid}`,
      `a=ssrc:${outgoing.ssrc} cname:${stream}`,
      `a=ssrc:${outgoing.ssrc} msid:${stream} ${outgoing.trackSid}`,
    );
  }
  return lines;
}

function answerDirection(outgoing: unknown, incoming: unknown): string {
  if (outgoing && incoming) return 'sendrecv';
  if (outgoing) return 'sendonly';
  return incoming ? 'recvonly' : 'inactive';
}

function opusParameters(codec: OfferCodec, incoming: IncomingTrack | undefined): string {
  const kept = (codec.fmtp ?? 'minptime=10;useinbandfec=1')
    .split(';')
    .filter((part) => !incoming || !/^(usedtx|stereo|sprop-stereo)=/.test(part.trim()));
  if (incoming?.allowDtx) kept.push('usedtx=1');
  if (incoming?.stereo) kept.push('stereo=1', 'maxaveragebitrate=510000');
  return kept.join(';');
}
