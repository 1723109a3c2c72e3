// Parses what the server needs of a client's SDP, an offer or an answer. Source: RFC 8866 (SDP), RFC 8829 (JSEP).

/** The direction of a section, as its sender sees it. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** A codec of a section. */
export interface SectionCodec {
  readonly payloadType: number;
  readonly name: string;
  readonly rtpmap: string;
  readonly fmtp: string | undefined;
}

/** A media section. `ssrcs` are those of its source; the extension ids are those of its RTP header extensions. */
export interface Section {
  readonly kind: string;
  readonly protocol: string;
  readonly mid: string;
  readonly rejected: boolean;
  readonly direction: Direction;
  readonly formats: string;
  readonly codecs: readonly SectionCodec[];
  readonly trackId: string | undefined;
  readonly ssrcs: readonly number[];
  readonly audioLevelId: number | undefined;
  readonly midExtensionId: number | undefined;
}

/** An offer or an answer. */
export interface Description {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly fingerprint: string;
  readonly setup: string;
  readonly sections: readonly Section[];
  readonly candidates: readonly string[];
}

/** Thrown for an offer that cannot be answered, or an answer that cannot be used. */
export class SdpError extends Error {
  readonly code = 'invalid_sdp';

  private constructor(message: string) {
    super(message);
  }

  static because(message: string): SdpError {
    return new SdpError(message);
  }
}

const MAX_LENGTH = 256 * 1024;
const MAX_SECTIONS = 64;
const MAX_SECTION_LINES = 1024;
const MAX_CODECS = 128;
const MAX_SSRCS = 8;
const MAX_PAYLOAD_TYPE = 127;
/** Length of a certificate's fingerprint in bytes, by its hash function. */
const HASH_BYTES = new Map([
  ['sha-1', 20],
  ['sha-224', 28],
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
]);
const AUDIO_LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';

/** Parses an offer or an answer. Throws `SdpError` when it is malformed, too large, or lacks ICE or DTLS parameters. */
export function parseDescription(sdp: string): Description {
  if (sdp.length > MAX_LENGTH) throw SdpError.because('the description is too long');
  const [head = [], ...blocks] = splitSections(sdp);
  if (blocks.length === 0 || blocks.length > MAX_SECTIONS) {
    throw SdpError.because('the description has no media sections, or too many');
  }
  const sections = blocks.map(parseSection);
  const all = sdp.split(/\r?\n/);
  const iceUfrag = valueOf(all, 'ice-ufrag');
  const icePwd = valueOf(all, 'ice-pwd');
  const fingerprint = valueOf(all, 'fingerprint');
  if (!iceUfrag || !icePwd || !fingerprint) {
    throw SdpError.because('the description lacks ICE or DTLS parameters');
  }
  if (![iceUfrag, icePwd].every((word) => /^[\w+/=-]{4,256}$/.test(word))) {
    throw SdpError.because('the description has a malformed ICE credential');
  }
  if (!isFingerprint(fingerprint)) {
    throw SdpError.because('the description has a malformed fingerprint');
  }
  if (new Set(sections.map((section) => section.mid)).size !== sections.length) {
    throw SdpError.because('two media sections share a mid');
  }
  return {
    iceUfrag,
    icePwd,
    fingerprint,
    setup: valueOf(all, 'setup') ?? 'actpass',
    sections,
    candidates: [...head, ...(blocks[0] ?? [])]
      .filter((line) => line.startsWith('a=candidate:'))
      .map((line) => line.slice(2)),
  };
}

function isFingerprint(text: string): boolean {
  const [name = '', hash = ''] = text.split(' ');
  const bytes = hash.split(':');
  return (
    bytes.length === HASH_BYTES.get(name.toLowerCase()) &&
    bytes.every((byte) => /^[0-9A-Fa-f]{2}$/.test(byte))
  );
}

function splitSections(sdp: string): string[][] {
  const blocks: string[][] = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith('m=')) blocks.push([]);
    if (line) blocks.at(-1)?.push(line);
  }
  return blocks;
}

function parseSection(lines: readonly string[]): Section {
  const media = /^m=(\w+) (\d+) (\S+) (.+)$/.exec(lines[0] ?? '');
  const mid = valueOf(lines, 'mid');
  if (lines.length > MAX_SECTION_LINES) throw SdpError.because('a media section is too long');
  if (!media || !mid || !/^[\w.+-]{1,32}$/.test(mid)) {
    throw SdpError.because('a media section is malformed');
  }
  const direction = (['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const).find((word) =>
    lines.includes(`a=${word}`),
  );
  return {
    kind: media[1] ?? '',
    protocol: media[3] ?? '',
    formats: media[4] ?? '',
    mid,
    rejected: media[2] === '0' && !lines.includes('a=bundle-only'),
    direction: direction ?? 'sendrecv',
    codecs: parseCodecs(lines),
    trackId: valueOf(lines, 'msid')?.split(' ')[1],
    ssrcs: [
      ...new Set(
        lines.flatMap((line) => {
          const match = /^a=ssrc:(\d+) /.exec(line);
          return match ? [Number(match[1])] : [];
        }),
      ),
    ].slice(0, MAX_SSRCS),
    audioLevelId: extensionId(lines, AUDIO_LEVEL),
    midExtensionId: extensionId(lines, MID),
  };
}

function parseCodecs(lines: readonly string[]): SectionCodec[] {
  const formats = new Map<number, string>();
  for (const line of lines) {
    const match = /^a=fmtp:(\d+) (.*)$/.exec(line);
    if (match) formats.set(Number(match[1]), match[2] ?? '');
  }
  const codecs: SectionCodec[] = [];
  for (const line of lines) {
    const match = /^a=rtpmap:(\d+) (([\w.-]+)\/.+)$/.exec(line);
    const payloadType = Number(match?.[1]);
    if (!match || payloadType > MAX_PAYLOAD_TYPE || codecs.length >= MAX_CODECS) continue;
    const fmtp = formats.get(payloadType);
    codecs.push({
      payloadType,
      name: (match[3] ?? '').toLowerCase(),
      rtpmap: match[2] ?? '',
      fmtp,
    });
  }
  return codecs;
}

function extensionId(lines: readonly string[], uri: string): number | undefined {
  for (const line of lines) {
    const match = /^a=extmap:(\d+)(?:\/\w+)? (\S+)/.exec(line);
    if (match && match[2] === uri) return Number(match[1]);
  }
  return undefined;
}

function valueOf(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((candidate) => candidate.startsWith(`a=${name}:`));
  return line?.slice(name.length + 3).trim();
}
