/**
 * What a call of the demo agent costs the database: how much it grows, and how many statements and bytes of rows each
 * request of a call takes; the built-in database, and a media server that answers at once. Run after a build:
 * `node test/bench/database-traffic.mjs [folder…]`; each folder is another checkout with a build of its own, and comes first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { watchTraffic } from '../support/database-traffic.mjs';

const CALLS = 100;
const HOME = 'http://127.0.0.1:18000';
const here = fileURLToPath(new URL('../..', import.meta.url));
const folders = [...process.argv.slice(2).map((path) => resolve(path)), here];

const columns = [];
for (const folder of folders) columns.push(await measure(folder));
const names = Object.keys(columns[0]);
console.log(`| | ${folders.map((folder) => (folder === here ? 'now' : folder)).join(' | ')} |`);
console.log(`|---|${'---|'.repeat(folders.length)}`);
for (const name of names) console.log(`| ${name} | ${columns.map((c) => c[name]).join(' | ')} |`);
process.exit(0);

async function measure(root) {
  const load = (path) => import(pathToFileURL(join(root, path)).href);
  const { PGlite } = await load('node_modules/@electric-sql/pglite/dist/index.js');
  const { openStore } = await load('dist/server/store/open-store.js');
  const { openFolderObjectStore } = await load('dist/server/store/folder-object-store.js');
  const { createDomain } = await load('dist/server/domain/create-domain.js');
  const { createApp } = await load('dist/server/http/create-app.js');
  const { createLogger } = await load('dist/server/http/logger.js');
  const traffic = watchTraffic(PGlite);
  const folder = mkdtempSync(join(tmpdir(), 'dialnexa-traffic-'));
  const store = await openStore({ dataDir: folder });
  const media = quickMedia();
  const domain = createDomain({
    store,
    media,
    objects: openFolderObjectStore(folder),
    clock: { now: () => new Date() },
    isProviderConfigured: () => true,
    agentName: 'dialnexa',
    mediaUrl: 'ws://127.0.0.1:1',
  });
  const app = createApp({
    verbs: domain,
    webhook: { verify: () => Promise.resolve(null), read: () => null },
    linkSecret: 'a secret for links',
    log: createLogger('fatal', { write: () => undefined }),
    publicUrl: HOME,
    ownOrigins: [HOME],
    trustedProxies: 0,
    health: { checks: () => ({}), countCalls: () => ({}), metricsToken: null },
    pages: { bundleDir: folder, consoleDir: folder, demo: () => Promise.resolve(null) },
  });
  const first = await domain.ensureDemo({ origins: [HOME] });
  const secret = { authorization: `Bearer ${first.secret_key}` };
  const ask = async (method, path, headers, body) => {
    const isJson = body !== undefined && !(body instanceof Uint8Array);
    const answer = await app.request(path, {
      method,
      headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  const asked = { agent_id: first.agent_id };
  const create = () => ask('POST', '/v1/web-calls', secret, asked);

  const cost = {};
  const during = async (name, work) => {
    let answer;
    const { statements, read } = await traffic.during(async () => (answer = await work()));
    cost[name] = `${statements}; ${read.toLocaleString('en')}`;
    return answer;
  };
  const grant = await during('create', create);
  const path = `/v1/agent-jobs/${grant.call_id}`;
  const job = await during('claim', () =>
    ask('POST', `${path}/claim`, { authorization: 'Bearer x' }),
  );
  const asJob = { authorization: `Bearer ${job.job_token}` };
  let seq = 0;
  const events = () => {
    const event = { seq: (seq += 1), type: 'note', at: job.server_time, name: 'heard' };
    return ask('POST', `${path}/events`, asJob, { events: [event] });
  };
  // The first report of a job is looked at once more: whose it is, is not known yet.
  await events();
  await during('a batch of events', events);
  const sound = { ...asJob, 'content-type': 'audio/pcm', 'x-sample-rate': '24000' };
  const chunk = () => ask('PUT', `${path}/recording/0`, sound, new Uint8Array(192_000));
  await during('a chunk of the recording', chunk);
  const asPage = { authorization: `Bearer ${grant.call_token}`, origin: HOME };
  await during('its page reads', () => ask('GET', `/v1/web-calls/${grant.call_id}`, asPage));
  const outcome = { end_reason: 'agent_disconnected' };
  await during('the outcome', () => ask('POST', `${path}/outcome`, asJob, outcome));
  await during('its record', () => ask('GET', `/v1/calls/${grant.call_id}`, secret));
  await during('the list of agents', () => ask('GET', '/v1/agents', secret));

  const before = await traffic.databaseBytes();
  for (let n = 0; n < CALLS; n += 1) {
    const { call_id } = await create();
    await ask('POST', `/v1/web-calls/${call_id}/terminate`, secret, {});
  }
  const grown = Math.round(((await traffic.databaseBytes()) - before) / CALLS);
  cost['growth a call, in bytes'] = grown.toLocaleString('en');
  await store.close();
  traffic.stop();
  rmSync(folder, { recursive: true, force: true });
  return cost;
}

/** A media server that knows of no room, and takes every token for that of the latest room's agent. */
function quickMedia() {
  let roomName = '';
  return {
    mintJoinToken: (request) => {
      ({ roomName } = request);
      return Promise.resolve('a token');
    },
    verifyAgentToken: () => Promise.resolve({ roomName, identity: 'agent-1' }),
    deleteRoom: () => Promise.resolve(),
    listRooms: () => Promise.resolve([]),
    listParticipants: () => Promise.resolve(null),
  };
}
