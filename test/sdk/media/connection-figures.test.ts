/** The figures of a connection, from what browsers tell of a call's tracks. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionFigures } from '../../../sdk/media/connection-figures.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Stats = Record<string, unknown> & { id: string };
const report = (...entries: Stats[]) =>
  new Map(entries.map((one) => [one.id, one])) as unknown as RTCStatsReport;

interface Moment {
  rtt?: number;
  jitter?: number;
  /** Lost so far, and arrived so far. */
  heard?: [lost: number, received: number];
  sent?: [lost: number, sent: number];
}

/** As Chromium tells it: the pair is named by its transport. */
function chromium({ rtt = 0.04, jitter = 0.003, heard = [0, 0], sent = [0, 0] }: Moment) {
  return [
    report(
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
      { id: 'P', type: 'candidate-pair', localCandidateId: 'L', currentRoundTripTime: rtt },
      { id: 'Q', type: 'candidate-pair', localCandidateId: 'M', currentRoundTripTime: 9 },
      { id: 'L', type: 'local-candidate', candidateType: 'srflx', protocol: 'udp', address: '::1' },
      { id: 'C', type: 'codec', mimeType: 'audio/red' },
      { id: 'O', type: 'outbound-rtp', codecId: 'C', packetsSent: sent[1] },
      { id: 'R', type: 'remote-inbound-rtp', packetsLost: sent[0], roundTripTime: 8 },
    ),
    report({
      id: 'I',
      type: 'inbound-rtp',
      jitter,
      packetsLost: heard[0],
      packetsReceived: heard[1],
    }),
  ];
}

const grades: string[] = [];

async function measured(moments: (RTCStatsReport | undefined)[][]) {
  grades.length = 0;
  const rest = [...moments];
  const read = vi.fn(() => Promise.resolve(rest.shift() ?? []));
  const figures = new ConnectionFigures(read, ({ quality }) => grades.push(quality));
  expect(figures.summary).toBeNull();
  figures.begin();
  await vi.advanceTimersByTimeAsync(5_000 * (moments.length - 1) + 100);
  figures.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(moments.length);
  return figures.summary;
}

it('tell of the grade when it changes', async () => {
  await measured([
    chromium({}),
    chromium({ rtt: 0.1 }),
    chromium({ rtt: 0.3 }),
    chromium({ rtt: 0.6 }),
    chromium({ jitter: 0.07 }),
    chromium({ jitter: 0.04 }),
    [undefined],
  ]);
  expect(grades).toEqual(['excellent', 'good', 'poor', 'good']);
});

describe('the figures', () => {
  it('are what Chromium tells of the chosen connection, and no address', async () => {
    const summary = await measured([
      chromium({ rtt: 0.02 }),
      chromium({ rtt: 0.04, jitter: 0.0055, heard: [0, 250] }),
      chromium({ rtt: 0.3, heard: [0, 500] }),
    ]);
    expect(summary).toEqual({
      codec: 'opus',
      rtt_ms: { p50: 40, p90: 300, max: 300 },
      jitter_ms: { p50: 3, p90: 5.5, max: 5.5 },
      packet_loss_percent: { p50: 0, p90: 0, max: 0 },
      candidate_type: 'srflx',
      protocol: 'udp',
      samples: 3,
    });
  });

  it('are what Firefox tells, which marks the pair itself', async () => {
    const summary = await measured([
      [
        report(
          { id: 'P', type: 'candidate-pair', localCandidateId: 'L' },
          { id: 'S', type: 'candidate-pair', localCandidateId: 'M', selected: true },
          { id: 'M', type: 'local-candidate', candidateType: 'relay', protocol: 'tcp' },
          { id: 'R', type: 'remote-inbound-rtp', roundTripTime: 0.05 },
        ),
        undefined,
      ],
    ]);
    expect(summary).toMatchObject({
      candidate_type: 'relay',
      protocol: 'tcp',
      rtt_ms: { p50: 50 },
      jitter_ms: null,
      packet_loss_percent: null,
    });
  });

  it('count the loss of each five seconds, on the way that lost more', async () => {
    const summary = await measured([
      chromium({ heard: [100, 100] }),
      chromium({ heard: [110, 290], sent: [0, 250] }),
      chromium({ heard: [110, 540], sent: [50, 500] }),
      // Nobody speaks: ten packets tell nothing.
      chromium({ heard: [115, 545], sent: [50, 500] }),
    ]);
    expect(summary?.packet_loss_percent).toEqual({ p50: 5, p90: 20, max: 20 });
    expect(grades).toEqual(['excellent', 'good', 'poor', 'excellent']);
  });

  it('of a call whose tracks tell nothing are none, and the connection stays known', async () => {
    expect(await measured([[undefined, undefined]])).toMatchObject({ codec: null, samples: 1 });
    expect(await measured([chromium({}), [undefined]])).toMatchObject({
      candidate_type: 'srflx',
      codec: 'opus',
      rtt_ms: { max: 40 },
      samples: 2,
    });
  });
});
