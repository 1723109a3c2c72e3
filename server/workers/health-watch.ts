/** Runs the health probes periodically, and logs every change once. */
import { setTimeout as wait } from 'node:timers/promises';

/** The result of one probe. */
export interface ProbeResult {
  ok: boolean;
  /** Why not, in one stable word. */
  reason?: string;
  /** Why not, in one plain sentence. */
  detail?: string;
  /** `false`: calls go on without it. */
  needed?: boolean;
}

/** One health check. Must not reject; the watch applies its own timeout. */
export type Probe = () => Promise<ProbeResult>;

/** What a watch tells about itself. */
export interface HealthLog {
  info(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** The state of everything that is watched. */
export interface HealthWatch<Name extends string> {
  /** As it was last seen. */
  results(): Record<Name, ProbeResult>;
  /** The last result when it was good; otherwise probes again first. */
  isOk(name: Name): Promise<boolean>;
  /** Reports a fault met elsewhere: probes now rather than at the next interval. */
  doubt(name: Name): void;
  /** Looks at everything now. */
  look(): Promise<void>;
  /** Looks until the signal is aborted. */
  run(signal: AbortSignal): Promise<void>;
}

const TICK_MS = 500;
const WELL_EVERY_MS = 5_000;
const BAD_EVERY_MS = 1_000;
/** Shortest interval between probes that requests cause. */
const ASKED_EVERY_MS = 250;
const LIMIT_MS = 3_000;

interface Seen {
  result: ProbeResult;
  at: number;
  badSince: number;
  /** The reason that was logged last; empty: none, or that it is well again. */
  told: string;
  slow: number;
  looking: Promise<void> | null;
}

/** Watches what the probes look at; nothing counts as well before it was seen. */
export function createHealthWatch<Name extends string>(
  probes: Record<Name, Probe>,
  log: HealthLog,
  now: () => number = Date.now,
): HealthWatch<Name> {
  const names = Object.keys(probes) as Name[];
  const fresh = (): Seen => ({
    result: { ok: false, reason: 'unknown', detail: 'It has not been looked at yet.' },
    at: -Infinity,
    badSince: now(),
    told: '',
    slow: 0,
    looking: null,
  });
  const state = Object.fromEntries(names.map((name) => [name, fresh()])) as Record<Name, Seen>;

  const look = (name: Name): Promise<void> => {
    const seen = state[name];
    seen.looking ??= limited(name, probes[name])
      .then((result) => {
        note(name, seen, result);
      })
      .finally(() => {
        seen.looking = null;
      });
    return seen.looking;
  };
  const note = (name: Name, seen: Seen, result: ProbeResult): void => {
    const isFirst = seen.at === -Infinity;
    seen.at = now();
    seen.slow = result.reason === 'timeout' ? seen.slow + 1 : 0;
    // One timeout alone may only be a busy moment.
    if (seen.slow === 1 && seen.result.ok) return;
    if (seen.result.ok) seen.badSince = seen.at;
    seen.result = result;
    const reason = result.ok ? '' : (result.reason ?? 'unknown');
    // Everything may be starting at the same time, so the first result is not logged.
    if (reason === seen.told || isFirst) return;
    seen.told = reason;
    const after_sec = Math.round((seen.at - seen.badSince) / 1_000);
    if (reason) log.error({ check: name, reason }, result.detail ?? 'down');
    else log.info({ check: name, after_sec }, `${name} is well again`);
  };
  /** Resolves with a result that is newer than the question. */
  const lookAgain = async (name: Name): Promise<void> => {
    const rest = state[name].at + ASKED_EVERY_MS - now();
    if (rest > 0) await wait(rest);
    await look(name);
  };
  const isDue = (name: Name): boolean =>
    now() - state[name].at >= (isWell(state[name]) ? WELL_EVERY_MS : BAD_EVERY_MS);

  return {
    results: () =>
      Object.fromEntries(names.map((name) => [name, state[name].result])) as Record<
        Name,
        ProbeResult
      >,
    isOk: async (name) => {
      if (!state[name].result.ok) await lookAgain(name);
      return state[name].result.ok;
    },
    doubt: (name) => {
      const { result, at } = state[name];
      if (result.ok && now() - at >= ASKED_EVERY_MS) void look(name);
    },
    look: async () => {
      await Promise.all(names.map(look));
    },
    run: async (signal) => {
      while (!signal.aborted) {
        for (const name of names) if (isDue(name)) void look(name);
        await wait(TICK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    },
  };
}

function isWell(seen: Seen): boolean {
  return seen.result.ok && seen.slow === 0;
}

async function limited(name: string, probe: Probe): Promise<ProbeResult> {
  const detail = `${name} does not answer within ${LIMIT_MS / 1_000} s.`;
  const slow: ProbeResult = { ok: false, reason: 'timeout', detail };
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<ProbeResult>((resolve) => {
    timer = setTimeout(resolve, LIMIT_MS, slow);
  });
  try {
    return await Promise.race([probe(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
