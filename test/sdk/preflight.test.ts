/** The trial before a call: what it finds of microphone, server and route, and that it leaves nothing behind. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallError, runPreflight, type PreflightOptions } from '../../sdk/index.js';
import { connectFailure } from '../fakes/fake-media.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';

beforeAll(async () => {
  // Its chunk comes by the real clock.
  await import('../../sdk/preflight/try-call.js');
});
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const spread = (p50: number) => ({ p50, p90: p50, max: p50 });
const figures = (rtt: number, jitter: number, loss: number, protocol: string) => ({
  codec: 'opus',
  rtt_ms: spread(rtt),
  jitter_ms: spread(jitter),
  packet_loss_percent: spread(loss),
  candidate_type: 'host',
  protocol,
  samples: 3,
});

/** A trial in a world where somebody speaks and the route is good, unless `prepare` changes that. */
async function tried(prepare: (world: SdkWorld) => void, more: Partial<PreflightOptions> = {}) {
  const world = new SdkWorld();
  world.amplitude = 0.1;
  world.media.figures = figures(40, 5, 0, 'udp');
  prepare(world);
  const { fetch } = world.server;
  const options = { apiKey: 'dnx_pk_test', serverUrl: 'https://calls.example', fetch, ...more };
  const running = runPreflight(options, world.ports);
  await vi.advanceTimersByTimeAsync(10_000);
  const report = await running;
  expect(world.leftovers()).toEqual([]);
  expect(JSON.stringify(report)).not.toMatch(/dnx_pk|join a trial|media\.example|default/);
  return { world, report, codes: report.problems.map(({ code }) => code) };
}

describe('runPreflight()', () => {
  it('tells of a microphone that hears and a route that carries, and makes no call', async () => {
    const levels: number[] = [];
    const { world, report } = await tried(() => {}, { onLevel: (level) => levels.push(level) });
    expect(report).toEqual({
      ok: true,
      problems: [],
      microphone: { peakDb: -20, silent: false, echo: null },
      serverMs: expect.any(Number),
      network: {
        signalMs: expect.any(Number),
        mediaMs: expect.any(Number),
        protocol: 'udp',
        candidateType: 'host',
        rttMs: 40,
        jitterMs: 5,
        lossPercent: 0,
      },
    });
    expect(levels.length).toBeGreaterThan(30);
    expect(levels.every((level) => level > 0.5 && level <= 1)).toBe(true);
    expect(world.server.calls).toEqual([]);
    expect(world.media.last.grant?.accessToken).toBe('join a trial');
  });

  it.each([
    [0, 'microphone_silent', true],
    [0.001, 'microphone_quiet', false],
  ])('warns of a microphone as loud as %s', async (amplitude, code, silent) => {
    const { report, codes } = await tried((world) => {
      world.amplitude = amplitude;
    });
    expect(codes).toEqual([code]);
    expect(report).toMatchObject({ ok: true, microphone: { silent } });
  });

  it.each([
    [-30, true],
    [-110, false],
  ])('plays a tone on request; heard at %s dB', async (echoDb, echo) => {
    const { report } = await tried(
      (world) => {
        world.echoDb = echoDb;
      },
      { echo: true },
    );
    expect(report.microphone?.echo).toBe(echo);
  });

  it.each([
    ['slow_route', figures(450, 5, 0, 'udp')],
    ['lossy_route', figures(40, 5, 9, 'udp')],
    ['uneven_route', figures(40, 80, 0, 'udp')],
    ['no_udp', figures(40, 5, 0, 'tls')],
  ])('warns of a %s', async (code, measured) => {
    const { report, codes } = await tried((world) => {
      world.media.figures = measured;
    });
    expect(codes).toEqual([code]);
    expect(report.ok).toBe(true);
  });

  it('names everything that prevents a call, and tries the rest', async () => {
    const { report, codes } = await tried((world) => {
      world.microphone.refusal = new CallError('microphone_denied');
      world.media.failures.push(connectFailure('unreachable'));
    });
    expect(codes).toEqual(['microphone_denied', 'connection_failed']);
    expect(report).toMatchObject({ ok: false, microphone: null, network: null });
    expect(report.serverMs).not.toBeNull();
    expect(report.problems[0]?.remedy).toContain('site settings');
  });

  it('tells the refusal of the server', async () => {
    const { report, codes } = await tried((world) => {
      world.server.refusal = { statusCode: 403, code: 'origin_not_allowed', message: 'No.' };
    });
    expect(codes).toEqual(['origin_not_allowed']);
    expect(report).toMatchObject({ ok: false, serverMs: null, microphone: { silent: false } });
  });

  it('does without a microphone when told to, and claims nothing that it could not measure', async () => {
    const { world, report } = await tried(() => {}, { microphone: false });
    expect(report).toMatchObject({ ok: true, microphone: null, network: { protocol: 'udp' } });
    expect(world.microphone.asked).toEqual([]);
    const suspended = await tried((other) => {
      other.contextState = 'suspended';
    });
    expect(suspended.report.microphone).toEqual({ peakDb: null, silent: null, echo: null });
    expect(suspended.codes).toEqual([]);
  });

  it('ends early on a signal, with what it has', async () => {
    const control = new AbortController();
    setTimeout(() => control.abort(), 1_000);
    const { report } = await tried(() => {}, { signal: control.signal, seconds: 30 });
    expect(report).toMatchObject({ ok: true, microphone: { silent: false } });
  });

  it('refuses a secret key, as the constructor does', async () => {
    const error = await failure(
      runPreflight({ apiKey: 'dnx_sk_x', serverUrl: 'https://x.example' }),
    );
    expect(error.code).toBe('secret_key_in_page');
    for (const odd of [null, undefined]) {
      expect((await failure(runPreflight(odd as never))).code).toBe('invalid_options');
    }
  });
});
