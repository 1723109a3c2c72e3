/** The trial itself, loaded when it is run. It imports nothing at run time, so that its chunk stands alone. */
import type { CallError } from '../error/call-error.js';
import type { MediaEngine, MediaListener } from '../media/media-port.js';
import type { ClientConnection } from '../wire/call.js';
import type { MediaGrant } from '../wire/web-call.js';
import type {
  PreflightFindingCode,
  PreflightMicrophone,
  PreflightNetwork,
  PreflightOptions,
  PreflightProblem,
  PreflightReport,
} from './preflight-report.js';

/** What the trial uses of the SDK. */
export interface TrialParts {
  options: PreflightOptions;
  context: AudioContext | null;
  levelOf: (samples: Float32Array) => number;
  loadMedia: () => Promise<MediaEngine>;
  /** `null`: without a microphone. */
  openMicrophone: (() => Promise<MediaStreamTrack>) | null;
  requestGrant: () => Promise<MediaGrant>;
  errorOf: (cause: unknown) => CallError;
}

const SECONDS = 6;
const SAMPLE_MS = 100;
/** RTP tells of what was lost about once a second. */
const MEASURE_MS = 2000;
/** Below it is digital silence; a quiet room is at -60 dBFS or so. */
const SILENT_DB = -85;
const QUIET_DB = -50;
const TONE_HZ = 1000;
const TONE_MS = 600;
/** By how much the tone must stand out of what was there before. */
const ECHO_DB = 20;

const FINDINGS: Record<PreflightFindingCode, Omit<PreflightProblem, 'code' | 'severity'>> = {
  microphone_silent: {
    message: 'Nothing at all comes from the microphone.',
    remedy: 'Unmute it at the device and in the system settings, or choose another one.',
  },
  microphone_quiet: {
    message: 'The microphone heard next to nothing.',
    remedy: 'Speak while it is tried, come nearer, or choose another one.',
  },
  slow_route: {
    message: 'The way to the server is slow: answers will come late.',
    remedy: 'Use a nearer or faster network.',
  },
  lossy_route: {
    message: 'A part of the sound is lost on the way.',
    remedy: 'Come nearer to the access point, or use a cable.',
  },
  uneven_route: {
    message: 'The sound arrives unevenly.',
    remedy: 'Pause downloads and videos on this network, or use another one.',
  },
  no_udp: {
    message: 'The network lets no UDP through: calls take a slower way.',
    remedy: "Allow UDP to the media server in the network's firewall.",
  },
};

/** Runs the trial. Never rejects for what it finds. */
export async function tryCall(parts: TrialParts): Promise<PreflightReport> {
  const { options, openMicrophone, requestGrant, loadMedia, errorOf } = parts;
  const problems: PreflightProblem[] = [];
  const failed = (cause: unknown): null => {
    const { code, summary: message, remedy } = errorOf(cause);
    problems.push({ code, severity: 'error', message, remedy });
    return null;
  };
  const begin = performance.now();
  let serverMs: number | null = null;
  const [track, grant, engine] = await Promise.all([
    openMicrophone ? openMicrophone().catch(failed) : null,
    requestGrant().then((given) => {
      serverMs = Math.round(performance.now() - begin);
      return given;
    }, failed),
    loadMedia().catch(failed),
  ]);
  try {
    const ms = 1000 * Math.min(30, Math.max(1, options.seconds ?? SECONDS));
    const [microphone, network] = await Promise.all([
      track ? listen(track, ms, parts) : null,
      grant && engine ? connect(engine, grant, track, ms, options.signal).catch(failed) : null,
    ]);
    const found = [...ofMicrophone(microphone), ...ofNetwork(network)];
    for (const code of found) problems.push({ code, severity: 'warning', ...FINDINGS[code] });
    const ok = problems.every(({ severity }) => severity !== 'error');
    return { ok, problems, microphone, serverMs, network };
  } finally {
    track?.stop();
  }
}

function ofMicrophone(heard: PreflightMicrophone | null): PreflightFindingCode[] {
  if (heard?.silent) return ['microphone_silent'];
  return heard?.peakDb != null && heard.peakDb < QUIET_DB ? ['microphone_quiet'] : [];
}

function ofNetwork(network: PreflightNetwork | null): PreflightFindingCode[] {
  const found: PreflightFindingCode[] = [];
  if ((network?.rttMs ?? 0) > 400) found.push('slow_route');
  if ((network?.lossPercent ?? 0) > 3) found.push('lossy_route');
  if ((network?.jitterMs ?? 0) > 40) found.push('uneven_route');
  if (network?.protocol && network.protocol !== 'udp') found.push('no_udp');
  return found;
}

/** Joins a room in which nobody is, and measures for a while what is sent there. */
async function connect(
  engine: MediaEngine,
  grant: MediaGrant,
  track: MediaStreamTrack | null,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<PreflightNetwork> {
  const begin = performance.now();
  const since = (): number => Math.round(performance.now() - begin);
  let signalMs: number | null = null;
  const nothing = (): void => {};
  const listener: MediaListener = {
    reached: (step) => {
      if (step === 'signal') signalMs = since();
    },
    tool: () => undefined,
    happened: nothing,
    agentChanged: nothing,
    agentTrack: nothing,
    transcript: nothing,
    reconnecting: nothing,
    reconnected: nothing,
    playbackBlocked: nothing,
    disconnected: nothing,
  };
  const session = engine.createSession(listener, MEASURE_MS);
  try {
    await session.connect(
      { serverUrl: grant.server_url, accessToken: grant.access_token },
      Promise.resolve(track && { track, muted: false }),
    );
    const mediaMs = since();
    await pause(ms, signal);
    const figures: ClientConnection | null = session.figures;
    return {
      signalMs,
      mediaMs,
      protocol: figures?.protocol ?? null,
      candidateType: figures?.candidate_type ?? null,
      rttMs: figures?.rtt_ms?.p50 ?? null,
      jitterMs: figures?.jitter_ms?.p50 ?? null,
      lossPercent: figures?.packet_loss_percent?.p50 ?? null,
    };
  } finally {
    await session.disconnect();
  }
}

/** Listens to the microphone for a while. */
async function listen(
  track: MediaStreamTrack,
  ms: number,
  { options, context, levelOf }: TrialParts,
): Promise<PreflightMicrophone> {
  const analyser = context && (await analyserOf(context, track));
  if (!analyser) return { peakDb: null, silent: null, echo: null };
  const samples = new Float32Array(analyser.fftSize);
  const end = performance.now() + ms;
  const echo = options.echo && context ? hearsItself(context, analyser) : null;
  let peak = 0;
  while (performance.now() < end && !options.signal?.aborted) {
    await pause(SAMPLE_MS, options.signal);
    analyser.getFloatTimeDomainData(samples);
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
    options.onLevel?.(levelOf(samples));
  }
  const peakDb = Math.round(Math.max(-120, 20 * Math.log10(peak)));
  return { peakDb, silent: peakDb < SILENT_DB || track.muted, echo: await echo };
}

/** `null`: the browser keeps the context suspended, or cannot measure. */
async function analyserOf(
  context: AudioContext,
  track: MediaStreamTrack,
): Promise<AnalyserNode | null> {
  try {
    if (context.state === 'suspended') await Promise.race([context.resume(), pause(500)]);
    if (context.state !== 'running') return null;
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    return analyser;
  } catch {
    return null;
  }
}

/** Plays a tone, and looks whether the microphone takes it up. */
async function hearsItself(context: AudioContext, analyser: AnalyserNode): Promise<boolean> {
  const before = await loudest(context, analyser, TONE_MS);
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = TONE_HZ;
  gain.gain.value = 0.1;
  tone.connect(gain).connect(context.destination);
  tone.start();
  const during = await loudest(context, analyser, TONE_MS);
  tone.stop();
  return during - before > ECHO_DB;
}

/** The loudest moment of the tone within a time, in dB. */
async function loudest(context: AudioContext, analyser: AnalyserNode, ms: number): Promise<number> {
  const bins = new Float32Array(analyser.frequencyBinCount);
  const bin = Math.round((TONE_HZ * analyser.fftSize) / context.sampleRate);
  let most = -120;
  for (const end = performance.now() + ms; performance.now() < end;) {
    await pause(SAMPLE_MS);
    analyser.getFloatFrequencyData(bins);
    most = Math.max(most, ...bins.slice(bin - 1, bin + 2));
  }
  return most;
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted) done();
    else signal?.addEventListener('abort', done);
  });
}
