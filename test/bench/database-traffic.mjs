/**
 * What a call of the demo agent costs the database: how much it grows, and how many statements and bytes of rows each
 * request of a call takes; the built-in database, and a media server that answers at once. Run after a build:
 * `node test/bench/database-traffic.mjs [folder…]`; each folder is another checkout with a build of its own, and comes first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SignJWT, decodeJwt } from 'jose';
import { watchTraffic } from '../support/database-traffic.mjs';

const CALLS = 100;
const HOME = 'http://127.0.0.1:18000';
const here = fileURLToPath(new URL('../..', import.meta.url));
/** The key pair that the server and its media server share. */
const LIVEKIT = {
  LIVEKIT_API_KEY: 'benchkey',
  LIVEKIT_API_SECRET: 'a secret of at least 32 characters!!',
};
const folders = [...process.argv.slice(2).map((path) => resolve(path)), here];

const media = await quickMedia();
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
  const server = await load('dist/server/index.js');
  const folder = mkdtempSync(join(tmpdir(), 'dialnexa-traffic-'));
  const { config } = server.readServerConfig({
    DATA_DIR: folder,
    PUBLIC_URL: HOME,
    LIVEKIT_URL: `ws://127.0.0.1:${media.address().port}`,
    ...LIVEKIT,
  });
  const log = server.createLogger('fatal');
  const compose = () => server.createServer(config, log, { databaseMayWait: false });
  const firstServer = await compose();
  const first = await firstServer.begin();
  await firstServer.close();
  // One that has not begun its background work: nothing but the requests asks the database.
  const traffic = watchTraffic(PGlite);
  const quiet = await compose();
  const { app } = quiet;
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
  const asAgent = { authorization: `Bearer ${await agentToken(grant)}` };
  const job = await during('claim', () => ask('POST', `${path}/claim`, asAgent));
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
  await quiet.close();
  traffic.stop();
  rmSync(folder, { recursive: true, force: true });
  return cost;
}

/** A LiveKit that agrees to everything and knows of no room. */
function quickMedia() {
  const answer = (_, response) =>
    response.setHeader('content-type', 'application/json').end('{"rooms":[],"participants":[]}');
  return new Promise((resolve) => {
    const listening = createServer(answer).listen(0, '127.0.0.1', () => resolve(listening));
  });
}

/** What LiveKit gives an agent with a job in the caller's room. */
function agentToken({ access_token }) {
  const { video } = decodeJwt(access_token);
  return new SignJWT({ kind: 'agent', video: { roomJoin: true, room: video.room } })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(LIVEKIT.LIVEKIT_API_KEY)
    .setSubject('agent-1')
    .setExpirationTime('1h')
    .sign(Buffer.from(LIVEKIT.LIVEKIT_API_SECRET));
}
