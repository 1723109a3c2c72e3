/**
 * `npm run bench:create`: what creating a call takes on a durable PostgreSQL, beside one INSERT of a row of the same size in the
 * same database, one after the other in turn; what it is made of, and what the request takes as a whole, with its key, the
 * counting of requests in the database and the signing of the token. Options: `--repeat 500` `--calls 20000` that are there already.
 * Fails when creating a call takes more than 1.3 times as long, by the median.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openBenchDatabase, serveBench } from './bench-server.mjs';
import { seedCalls } from './seed-calls.mjs';

const BOUND = 1.3;

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20000' },
    repeat: { type: 'string', default: '500' },
  },
});
const repeat = Number(values.repeat);
const [core] = cpus();
console.log(
  `${availableParallelism()} cores (${core?.model.trim()}), load average before: ${loadavg()[0].toFixed(1)}; ${values.calls} calls there\n`,
);
const { store, sql, close } = await openBenchDatabase('postgres', true);
const workspaceId = await seedCalls(sql, { calls: Number(values.calls) });
await sql(`delete from call_history where id in (select id from calls where ended_at is null)`);
const { createDomain } = await import('../../../dist/server/domain/create-domain.js');
const { mintJoinToken } = await import('../../../dist/server/livekit/join-token.js');
const times = {};
const timed = async (name, run) => {
  const began = performance.now();
  const answer = await run();
  (times[name] ??= []).push(performance.now() - began);
  return answer;
};
/** The store, of which these two queries are timed. */
const timedStore = {
  ...store,
  findCallBasis: (...asked) => timed('basis', () => store.findCallBasis(...asked)),
  insertCall: (...asked) => timed('begin', () => store.insertCall(...asked)),
};
const ports = { clock: { now: () => new Date() }, agentName: 'bench', mediaUrl: 'ws://127.0.0.1' };
const domain = createDomain({
  ...ports,
  store: timedStore,
  media: { mintJoinToken: async () => 'token', deleteRoom: async () => undefined },
});
const livekit = { apiKey: 'bench', apiSecret: 'a secret of the bench, 32 characters' };
const server = await serveBench(store, workspaceId, {
  ...ports,
  isShared: true,
  media: { mintJoinToken: (asked) => mintJoinToken(livekit, asked) },
});
const { id: keyId } = await domain.createApiKey({ workspaceId }, { name: 'Bench', kind: 'secret' });
const source = {
  principal: { keyId, workspaceId, kind: 'secret', name: 'Bench', allowedOrigins: [] },
  origin: null,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140',
  entryPoint: 'web_calls',
  marks: {},
};
const request = { agent_id: 'agent_1', variables: { name: 'Ada' }, metadata: { plan: 'pro' } };
const create = async () => (await domain.createWebCall(source, request)).call_id;

const callId = await create();
const [{ row }] = await sql(
  `select to_jsonb(calls)::text as row from calls where id = '${callId}'`,
);
await sql('create table plain (id bigserial primary key, body text not null)');
const body = row.replaceAll("'", "''");
const insert = () => sql(`insert into plain (body) values ('${body}')`);

/** So that no limit of open calls is reached. */
const end = (id) => domain.terminateByApi({ workspaceId, kind: 'secret', keyId }, id);
for (let n = 0; n < repeat; n += 1) {
  await timed('round', () => sql('select 1'));
  await timed('insert', insert);
  const id = await timed('create', create);
  await timed('end', () => end(id));
  await timed('nothing', () => server.ask('/healthz'));
  const answer = await timed('http', () => server.ask('/v1/web-calls', request));
  await end((await answer.json()).call_id);
}
await end(callId);
const at = (name, share) =>
  times[name].slice(-repeat).toSorted((a, b) => a - b)[Math.floor(share * repeat)];
console.log('| | p50, ms | p95, ms |\n|---|---|---|');
for (const [name, what] of [
  ['round', 'a statement that does nothing'],
  ['insert', `one INSERT of ${row.length} bytes, committed`],
  ['create', 'creating a call'],
  ['basis', '— its version and limits are read'],
  ['begin', '— calls are counted, it is inserted and committed'],
  ['end', 'ending it'],
  ['nothing', 'a request that does nothing'],
  ['http', '`POST /v1/web-calls`'],
]) {
  console.log(`| ${what} | ${at(name, 0.5).toFixed(2)} | ${at(name, 0.95).toFixed(2)} |`);
}
const ratio = at('create', 0.5) / at('insert', 0.5);
console.log(
  `\nCreating a call takes ${ratio.toFixed(2)} times as long as the INSERT (bound: ${BOUND}).`,
);
await server.close();
await close();
process.exit(ratio > BOUND ? 1 : 0);
