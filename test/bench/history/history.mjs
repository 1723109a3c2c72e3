/**
 * `npm run bench:history`: how long filters, searches, pages, statistics and exports of a long history take, by HTTP.
 * Options: `--database postgres|pglite` (postgres), `--calls 1000000` (PGlite: 50000), `--turns 6` a call, `--repeat 30`.
 * Fails when a bound is missed: 25 ms for a filter, search or page (PGlite: 100), 250 ms for statistics of 30 days, 50,000
 * rows of an export a second (PostgreSQL).
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openBenchDatabase, serveBench } from './bench-server.mjs';
import { SAID, seedCalls } from './seed-calls.mjs';

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'postgres' },
    calls: { type: 'string' },
    turns: { type: 'string', default: '6' },
    repeat: { type: 'string', default: '30' },
  },
});
const isPostgres = values.database === 'postgres';
const calls = Number(values.calls ?? (isPostgres ? 1_000_000 : 50_000));
const repeat = Number(values.repeat);
const BOUNDS = {
  one: isPostgres ? 25 : 100,
  statistics: isPostgres ? 250 : Infinity,
  rows: isPostgres ? 50_000 : 0,
};

const [core] = cpus();
console.log(
  `${availableParallelism()} cores (${core?.model.trim()}), load average before: ${loadavg()[0].toFixed(1)}; ${values.database}, ${calls} calls of 365 days\n`,
);
const database = await openBenchDatabase(values.database);
const workspace = await seedCalls(database.sql, {
  calls,
  turnsPerCall: Number(values.turns),
  isAnalyzed: isPostgres,
  say: (line) => console.error(line),
});
const server = await serveBench(database.store, workspace);
const missed = [];

const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
const deep = await cursorAfter(20);
const ids = await someIds();
const QUERIES = {
  'first page': '',
  'page of 200': 'limit=200',
  'page 21': `cursor=${deep}&limit=200`,
  'older than 300 days': `end_date=${daysAgo(300)}`,
  'of 300 days': `start_date=${daysAgo(300)}`,
  'one hour of a year ago': `start_date=${daysAgo(330)}&end_date=${daysAgo(330 - 1 / 24)}`,
  'call_id, two': `call_id=${ids}`,
  'type=web': 'type=web',
  'type=phone (none)': 'type=phone',
  'call_direction=inbound': 'call_direction=inbound',
  'call_direction=outbound (none)': 'call_direction=outbound',
  'status=completed': 'status=completed',
  'status=failed': 'status=failed',
  'status=received (open)': 'status=received',
  'end_reason=microphone_denied': 'end_reason=microphone_denied',
  'agent_id, common': 'agent_id=agent_1',
  'agent_id, rare': 'agent_id=agent_40',
  agent_version_id: 'agent_version_id=av_20_3',
  'agent_version_name=seldom': 'agent_version_name=seldom',
  'agent_version_name=release': 'agent_version_name=release',
  'agent_version_name of none': 'agent_version_name=zzz',
  'origin, rare': 'origin=https://shop29.example',
  'origin, common': 'origin=https://shop0.example',
  'analysis=completed': 'analysis=completed',
  'analysis=none': 'analysis=none',
  'analysis=failed': 'analysis=failed',
  'analysis=queued,failed': 'analysis=queued,failed',
  'finding=slow_answer': 'finding=slow_answer',
  'finding=agent_late': 'finding=agent_late',
  'sentiment=negative': 'sentiment=negative',
  'entry_point=test': 'entry_point=test',
  'entry_point=batch (none)': 'entry_point=batch',
  'metadata.plan=pro': 'metadata.plan=pro',
  'metadata.customer=c123': 'metadata.customer=c123',
  'duration_min, rare': 'duration_min=540500',
  'duration_max, rare': 'duration_max=1010',
  'duration_greater_than, rare': 'duration_greater_than=540500',
  'duration_less_than, rare': 'duration_less_than=1010',
  'duration_greater_than, common': 'duration_greater_than=60000',
  'latency_min, rare': 'latency_min=5100',
  'latency_max, rare': 'latency_max=300',
  'latency_max, common': 'latency_max=900',
  'cost_min, rare': 'cost_min=0.3019',
  'cost_max, rare': 'cost_max=0.0021',
  'cost_max, common': 'cost_max=0.2',
  'sort by duration': 'sort_by=duration',
  'sort by latency, up': 'sort_by=latency&sort_order=asc',
  'sort by cost': 'sort_by=cost',
  'q, the most common word': `q=${SAID.common}`,
  'q, a common word': `q=${SAID.half}`,
  'q, 1 call in 20': `q=${SAID.some}`,
  'q, 1 call in 300': `q=${SAID.few}`,
  'q, a rare word': `q=${SAID.rare}`,
  'q, only long ago': `q=${SAID.old}`,
  'q, nowhere': 'q=nowhere',
  'q, a phrase': `q="${SAID.common} ${SAID.half}"`,
  'q, without a word': `q=${SAID.some} -${SAID.common}`,
};

await checkThatAllAreAsked();
console.log('| asked | rows | p50, ms | p95, ms |\n|---|---|---|---|');
for (const [name, query] of Object.entries(QUERIES)) {
  await measure(
    name,
    `/v1/calls?${query.replaceAll('"', '%22')}`,
    BOUNDS.one,
    ({ data }) => data.length,
  );
}
const month = `start_date=${daysAgo(30)}`;
for (const interval of ['day', 'hour']) {
  const path = `/v1/calls/statistics?interval=${interval}&time_zone=Europe/Berlin&${month}`;
  await measure(
    `statistics of 30 days by ${interval}`,
    path,
    BOUNDS.statistics,
    ({ total }) => total.calls,
  );
}
await measure('count=true of everything', '/v1/calls?count=true', Infinity, ({ total }) => total);

console.log('\n| export | rows | rows/s | memory more, MB |\n|---|---|---|---|');
for (const format of ['csv', 'ndjson']) await exportAll(format);
if (missed.length > 0) console.log(`\nMissed: ${missed.join('; ')}`);
await server.close();
await database.close();
process.exit(missed.length > 0 ? 1 : 0);

async function measure(name, path, bound, rowsOf) {
  const times = [];
  let rows = 0;
  for (let n = 0; n < repeat + 2; n += 1) {
    const began = performance.now();
    rows = rowsOf(await (await server.ask(path)).json());
    // The first ones read from the disk what later ones find in memory.
    if (n >= 2) times.push(performance.now() - began);
  }
  const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
  console.log(`| ${name} | ${rows} | ${p50.toFixed(1)} | ${p95.toFixed(1)} |`);
  if (p95 > bound) missed.push(`${name}: p95 ${p95.toFixed(1)} ms, not ${bound}`);
}

async function exportAll(format) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  let rows = 0;
  const began = performance.now();
  const answer = await server.ask(`/v1/calls/export?format=${format}`);
  for await (const chunk of answer.body) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows += 1;
    most = Math.max(most, process.memoryUsage().rss);
  }
  const rate = (rows / (performance.now() - began)) * 1_000;
  console.log(
    `| ${format} | ${rows} | ${Math.round(rate)} | ${((most - before) / 1e6).toFixed(0)} |`,
  );
  if (rate < BOUNDS.rows)
    missed.push(`export as ${format}: ${Math.round(rate)} rows/s, not ${BOUNDS.rows}`);
}

/** So that a filter that is added later is measured too. */
async function checkThatAllAreAsked() {
  const { listCallsQuery } = await import('../../../dist/server/http/schemas/call-filters.js');
  const asked = Object.values(QUERIES).join('&');
  const left = Object.keys(listCallsQuery.shape).filter(
    (name) => name !== 'count' && !`&${asked}`.includes(`&${name}=`),
  );
  if (left.length > 0) throw new Error(`no query asks by ${left.join(', ')}`);
}

async function someIds() {
  const { data } = await (await server.ask(`/v1/calls?limit=2&cursor=${deep}`)).json();
  return data.map(({ id }) => id).join(',');
}

async function cursorAfter(pages) {
  let cursor = '';
  for (let n = 0; n < pages; n += 1) {
    cursor = (await (await server.ask(`/v1/calls?limit=200&cursor=${cursor}`)).json()).next_cursor;
  }
  return cursor;
}

function percentile(times, share) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
