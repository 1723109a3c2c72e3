/** Reads what WebRTC's statistics of a call's tracks say of its connection. */

/** How many packets were lost so far on one way, of how many. */
export interface Way {
  lost: number;
  total: number;
}

/** One measurement; `null`: the browser does not tell. */
export interface Measured {
  codec: string | null;
  candidateType: string | null;
  protocol: string | null;
  rttMs: number | null;
  jitterMs: number | null;
  /** By the id of the stream. */
  ways: Record<string, Way>;
}

/** The members of all kinds of statistics that are read here. */
interface Entry {
  id: string;
  type: string;
  selectedCandidatePairId?: string;
  localCandidateId?: string;
  codecId?: string;
  mimeType?: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  selected?: boolean;
  currentRoundTripTime?: number;
  roundTripTime?: number;
  jitter?: number;
  packetsLost?: number;
  packetsReceived?: number;
  packetsSent?: number;
}

/** Reads the statistics of the caller's track and the agent's. */
export function readStats(reports: readonly (RTCStatsReport | undefined)[]): Measured {
  const entries = new Map<string, Entry>();
  for (const report of reports) report?.forEach((entry: Entry) => entries.set(entry.id, entry));
  const of = (type: string) => [...entries.values()].filter((entry) => entry.type === type);
  const [incoming] = of('inbound-rtp');
  const [outgoing] = of('outbound-rtp');
  const [heard] = of('remote-inbound-rtp');
  const chosen = of('transport').map((one) => entries.get(one.selectedCandidatePairId ?? ''));
  // Firefox marks the pair itself.
  const pair = chosen.find(Boolean) ?? of('candidate-pair').find((one) => one.selected);
  const candidate = entries.get(pair?.localCandidateId ?? '');
  const codec = entries.get(outgoing?.codecId ?? incoming?.codecId ?? '')?.mimeType;
  const trip = pair?.currentRoundTripTime ?? heard?.roundTripTime;
  const jitter = incoming?.jitter ?? heard?.jitter;
  const ways: Record<string, Way> = {};
  if (incoming?.packetsReceived !== undefined) {
    const lost = incoming.packetsLost ?? 0;
    ways[incoming.id] = { lost, total: lost + incoming.packetsReceived };
  }
  if (heard?.packetsLost !== undefined && outgoing?.packetsSent !== undefined) {
    ways[outgoing.id] = { lost: heard.packetsLost, total: outgoing.packetsSent };
  }
  return {
    // RED repeats what another codec made, which with LiveKit is always Opus.
    codec: codec?.replace(/^audio\//, '').replace(/^red$/, 'opus') ?? null,
    candidateType: candidate?.candidateType ?? null,
    // The first part of a way over a relay is the one that networks forbid.
    protocol: candidate?.relayProtocol ?? candidate?.protocol ?? null,
    rttMs: trip === undefined ? null : trip * 1000,
    jitterMs: jitter === undefined ? null : jitter * 1000,
    ways,
  };
}
