/** Looks at what the server needs, again and again, and tells of every change once. */
import { setTimeout as wait } from 'node:timers/promises';

/** What was found about one thing. */
export interface Finding {
  ok: boolean;
  /** Why not, in one stable word. */
  reason?: string;
  /** Why not, in one plain sentence. */
  detail?: string;
  /** `false`: calls go on without it. */
  needed?: boolean;
}

/** Looks once; it must not reject, and may take as long as it likes. */
export type Probe = () => Promise<Finding>;

/** What a watch tells about itself. */
export interface HealthLog {
  info(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** The state of everything that is watched. */
export interface HealthWatch<Name extends string> {
  /** As it was last seen. */
  findings(): Record<Name, Finding>;
  /** What was seen a moment ago when it was well; what is bad is looked at again. */
  isOk(name: Name): Promise<boolean>;
  /** Somebody met a fault: look now rather than at the next turn. */
  doubt(name: Name): void;
  /** Looks at everything now. */
  look(): Promise<void>;
  /** Looks until the signal is aborted. */
  run(signal: AbortSignal): Promise<void>;
}

const TICK_MS = 500;
const WELL_EVERY_MS = 5_000;
const BAD_EVERY_MS = 1_000;
/** Requests that ask about something bad cause no more looks than this. */
const ASKED_EVERY_MS = 250;
const LIMIT_MS = 3_000;

interface Seen {
  finding: Finding;
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
    finding: { ok: false, reason: 'unknown', detail: 'It has not been looked at yet.' },
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
      .then((finding) => {
        note(name, seen, finding);
      })
      .finally(() => {
        seen.looking = null;
      });
    return seen.looking;
  };
  const note = (name: Name, seen: Seen, finding: Finding): void => {
    const isFirst = seen.at === -Infinity;
    seen.at = now();
    seen.slow = finding.reason === 'timeout' ? seen.slow + 1 : 0;
    // A busy moment is no outage.
    if (seen.slow === 1 && seen.finding.ok) return;
    if (seen.finding.ok) seen.badSince = seen.at;
    seen.finding = finding;
    const reason = finding.ok ? '' : (finding.reason ?? 'unknown');
    // Everything may be starting at once: the first look alone is no news.
    if (reason === seen.told || isFirst) return;
    seen.told = reason;
    const after_sec = Math.round((seen.at - seen.badSince) / 1_000);
    if (reason) log.error({ check: name, reason }, finding.detail ?? 'down');
    else log.info({ check: name, after_sec }, `${name} is well again`);
  };
  /** Whoever waits here knows how it is after the asking, not before. */
  const lookAgain = async (name: Name): Promise<void> => {
    const rest = state[name].at + ASKED_EVERY_MS - now();
    if (rest > 0) await wait(rest);
    await look(name);
  };
  const isDue = (name: Name): boolean =>
    now() - state[name].at >= (isWell(state[name]) ? WELL_EVERY_MS : BAD_EVERY_MS);

  return {
    findings: () =>
      Object.fromEntries(names.map((name) => [name, state[name].finding])) as Record<Name, Finding>,
    isOk: async (name) => {
      if (!state[name].finding.ok) await lookAgain(name);
      return state[name].finding.ok;
    },
    doubt: (name) => {
      const { finding, at } = state[name];
      if (finding.ok && now() - at >= ASKED_EVERY_MS) void look(name);
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
  return seen.finding.ok && seen.slow === 0;
}

async function limited(name: string, probe: Probe): Promise<Finding> {
  const detail = `${name} does not answer within ${LIMIT_MS / 1_000} s.`;
  const slow: Finding = { ok: false, reason: 'timeout', detail };
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Finding>((resolve) => {
    timer = setTimeout(resolve, LIMIT_MS, slow);
  });
  try {
    return await Promise.race([probe(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
