/**
 * Measures the offline agent as a caller hears it: from the last sample of the caller's speech to the first sound of the answer,
 * and from the first sample of an interruption to the agent's silence. Starts the whole product by itself.
 * Run: `node test/bench/turn-latency.mjs [rounds]`, on an idle machine.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBenchProduct } from './bench-product.mjs';
import { jobProcesses } from './process-usage.mjs';
import { joinAsCaller, readSpeech } from './spoken-caller.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = Number(process.argv[2] ?? 2);
const voices = ['af_heart', 'am_michael'];
const sentences = ['hours', 'price', 'where', 'status', 'offtopic', 'cancel', 'hours', 'repeat'];

const product = await startBenchProduct();
const { rest } = product;
const heard = [];
const told = [];
const silenced = [];
const agentCpu = [];
try {
  for (let round = 0; round < rounds; round += 1) {
    for (const voice of voices) await oneCall(voice);
  }
} finally {
  await product.stop();
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
    console.error(`${voice} ${name}: answered after ${Math.round(heard.at(-1))} ms`);
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

/** The process that answers the call: the busiest one of the worker's. */
function jobCpu() {
  return jobProcesses().reduce((a, b) => (b.cpu > a.cpu ? b : a), { cpu: 0, memoryMb: 0 });
}

function row(what, values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => `${Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? NaN)} ms`;
  console.log(`| ${what} | ${sorted.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
}
