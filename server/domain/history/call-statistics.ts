/** Figures of many calls: how many, how long, how they ended, how fast they answered, what they cost and what was found. */
import type { CallFigures, CallStatistics } from '../../../sdk/wire/call-statistics.js';
import type { CallSelection } from '../calls/call-filters.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CountedBy, CountedHistory } from '../ports/history-store.js';

/** Without a start: the last thirty days. */
const DEFAULT_SPAN_MS = 30 * 24 * 3_600_000;
/** Origins and versions of an answer: those with the most calls. */
const MOST_ROWS = 200;

/** Figures of the calls that match, of all and by time, agent, version and origin. */
export async function callStatistics(
  ports: DomainPorts,
  principal: Principal,
  filters: CallSelection,
  by: CountedBy,
): Promise<CallStatistics> {
  const end_date = filters.end_date ?? ports.clock.now().toISOString();
  const start_date =
    filters.start_date ?? new Date(Date.parse(end_date) - DEFAULT_SPAN_MS).toISOString();
  const span = { ...filters, start_date, end_date };
  const counted = await ports.store.countHistory(principal.workspaceId, span, by);
  const versions = new Map(counted.versions.map((version) => [version.id, version]));
  const byVersion = figuresOf(counted, 'version', (key) => key);
  const agentOf = (key: string | null): string | null => versions.get(key ?? '')?.agent_id ?? null;
  const nameOf = new Map(counted.versions.map((one) => [one.agent_id, one.agent_name]));
  return {
    start_date: new Date(start_date).toISOString(),
    end_date: new Date(end_date).toISOString(),
    interval: by.interval,
    time_zone: by.timeZone,
    total: figuresOf(counted, 'time', () => '').get('') ?? noFigures(),
    by_time: [...figuresOf(counted, 'time', (key) => key)]
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([key, figures]) => ({ start: new Date(Number(key)).toISOString(), ...figures })),
    by_agent: most(figuresOf(counted, 'version', agentOf)).map(([key, figures]) => ({
      agent_id: key ?? '',
      agent_name: nameOf.get(key ?? '') ?? '',
      ...figures,
    })),
    by_version: most(byVersion).map(([key, figures]) => {
      const version = versions.get(key ?? '');
      return {
        agent_version_id: key ?? '',
        agent_id: version?.agent_id ?? '',
        agent_version_number: version?.number ?? 0,
        agent_version_title: version?.title ?? null,
        ...figures,
      };
    }),
    by_origin: most(figuresOf(counted, 'origin', (key) => key)).map(([origin, figures]) => ({
      origin,
      ...figures,
    })),
  };
}

type Key = string | null;

function noFigures(): CallFigures {
  return {
    calls: 0,
    minutes: 0,
    cost: null,
    statuses: {},
    end_reasons: {},
    latency_ms: null,
    findings: {},
  };
}

/** The figures of one dimension; keys that `groupOf` makes the same are counted together. */
function figuresOf(
  { outcomes, latencies, findings }: CountedHistory,
  dimension: 'time' | 'version' | 'origin',
  groupOf: (key: Key) => Key,
): Map<Key, CallFigures> {
  const groups = new Map<Key, CallFigures>();
  const answers = new Map<Key, Map<number, number>>();
  const groupAt = (key: Key): CallFigures => {
    const group = groups.get(groupOf(key)) ?? noFigures();
    groups.set(groupOf(key), group);
    return group;
  };
  for (const row of outcomes) {
    if (row.dimension !== dimension) continue;
    const group = groupAt(row.key);
    group.calls += row.calls;
    group.minutes += row.duration_ms / 60_000;
    if (row.cost !== null) group.cost = (group.cost ?? 0) + row.cost;
    add(group.statuses, row.status, row.calls);
    if (row.end_reason !== null) add(group.end_reasons, row.end_reason, row.calls);
  }
  for (const row of findings) {
    if (row.dimension === dimension) add(groupAt(row.key).findings, row.code, row.calls);
  }
  for (const row of latencies) {
    if (row.dimension !== dimension) continue;
    const key = groupOf(row.key);
    const counts = answers.get(key) ?? new Map<number, number>();
    answers.set(key, counts);
    counts.set(row.latency_ms, (counts.get(row.latency_ms) ?? 0) + row.calls);
  }
  for (const [key, group] of groups) {
    group.minutes = rounded(group.minutes, 100);
    if (group.cost !== null) group.cost = rounded(group.cost, 1e6);
    group.latency_ms = percentiles(answers.get(key));
  }
  return groups;
}

function percentiles(counts: Map<number, number> | undefined): CallFigures['latency_ms'] {
  if (!counts) return null;
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, calls]) => sum + calls, 0);
  const at = (share: number): number => {
    let seen = 0;
    const found = sorted.find(([, calls]) => (seen += calls) >= share * all);
    return Math.round(found?.[0] ?? 0);
  };
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99) };
}

function most<T extends Pick<CallFigures, 'calls'>>(groups: Map<Key, T>): [Key, T][] {
  return [...groups].sort(([, a], [, b]) => b.calls - a.calls).slice(0, MOST_ROWS);
}

function add(counts: Record<string, number>, name: string, calls: number): void {
  counts[name] = (counts[name] ?? 0) + calls;
}

function rounded(value: number, to: number): number {
  return Math.round(value * to) / to;
}
