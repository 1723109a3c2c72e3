/**
 * Measures the offline agent as a caller hears it: from the last sample of the caller's speech to the first sound of the answer,
 * and from the first sample of an interruption to the agent's silence. Starts the whole product by itself.
 * Run: `node test/bench/turn-latency.mjs [rounds]`, on an idle machine.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { joinAsCaller, readSpeech } from './spoken-caller.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = Number(process.argv[2] ?? 2);
const voices = ['af_heart', 'am_michael'];
const sentences = ['hours', 'price', 'where', 'status', 'offtopic', 'cancel', 'hours', 'repeat'];
const dataDir = mkdtempSync(join(tmpdir(), 'turn-latency-'));

const product = await startProduct();
const heard = [];
const told = [];
const silenced = [];
const agentCpu = [];
try {
  for (let round = 0; round < rounds; round += 1) {
    for (const voice of voices) await oneCall(voice);
  }
} finally {
  product.child.kill('SIGINT');
  await product.ended;
  rmSync(dataDir, { recursive: true, force: true });
}
console.log('| what | turns | p50 | p95 | worst |\n|---|---|---|---|---|');
row('caller’s last sample → first sound of the answer, at the caller', heard);
row(
  'the same, as the record tells it',
  told.map((turn) => turn.total_ms),
);
for (const part of ['end_of_turn_ms', 'stt_ms', 'llm_ms', 'tts_ms']) {
  row(
    `of it ${part}`,
    told.map((turn) => turn[part]).filter((ms) => ms !== null),
  );
}
row('caller’s first sample of an interruption → the agent is silent', silenced);
console.log(`\nJob process: ${JSON.stringify(agentCpu.at(-1))}`);
process.exit(0);

async function oneCall(voice) {
  const speak = (name) => readSpeech(join(root, 'test/audio', `${voice}-${name}.wav`));
  const grant = await rest('POST', '/v1/web-calls', { agent_id: product.agentId });
  const caller = await joinAsCaller(grant);
  await caller.nextSound();
  await caller.agentDone();
  const before = jobCpu();
  const began = performance.now();
  for (const name of sentences) {
    const { endedAt } = await caller.say(speak(name));
    heard.push((await caller.nextSound()) - endedAt);
    await caller.agentDone();
  }
  const after = jobCpu();
  const seconds = (performance.now() - began) / 1_000;
  agentCpu.push({
    cpu_share_of_a_core: Number(((after.cpu - before.cpu) / seconds).toFixed(2)),
    memory_mb: after.memoryMb,
  });
  await caller.say(speak('hours'));
  await caller.nextSound();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const { beganAt } = await caller.say(speak('interrupt'));
  silenced.push(await silenceAfter(caller, beganAt));
  await caller.leave();
  told.push(...(await recordedLatencies(grant.call_id)));
}

/** The last sound of the sentence that was cut off: the answer to the interruption comes after a gap. */
async function silenceAfter(caller, beganAt) {
  const gap = 250;
  for (;;) {
    const last = caller.lastLoudAt();
    if (last > 0 && performance.now() - last > gap) return Math.max(0, last - beganAt);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function recordedLatencies(id) {
  for (;;) {
    const call = await rest('GET', `/v1/calls/${id}`);
    if (call.ended_at) {
      return call.transcript.flatMap((turn) => (turn.latency?.total_ms ? [turn.latency] : []));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** CPU seconds and memory of the process that answers the call: the busiest one of the worker's. */
function jobCpu() {
  const jobs = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readProcess)
    .filter((one) => one?.command.includes('job_proc_lazy_main'));
  return jobs.reduce((a, b) => (b.cpu > a.cpu ? b : a), { cpu: 0, memoryMb: 0 });
}

function readProcess(pid) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    const cpu = (Number(stat[11]) + Number(stat[12])) / 100;
    return { command, cpu, memoryMb: Math.round(Number(rss?.[1] ?? 0) / 1_024) };
  } catch {
    return null;
  }
}

async function startProduct() {
  const port = await freePort();
  const child = spawn(process.execPath, ['server/start/start.mjs'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: port, EMBEDDED_PORT: await freePort() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let output = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('Ready after')) resolve();
    });
    child.once('close', () => reject(new Error(output)));
  });
  const printed = (pattern) => pattern.exec(output)?.[1] ?? '';
  return {
    child,
    ended,
    url: `http://127.0.0.1:${port}`,
    secretKey: printed(/secret\s+(dnx_sk_\S+)/),
    agentId: printed(/demo agent\s+(agent_\S+)/),
  };
}

async function rest(method, path, body) {
  const answer = await fetch(product.url + path, {
    method,
    headers: { authorization: `Bearer ${product.secretKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

function row(what, values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => `${Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? NaN)} ms`;
  console.log(`| ${what} | ${sorted.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return String(port);
}
