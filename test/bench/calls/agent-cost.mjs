/** What the agent worker uses for each call, with the offline voice, and how soon it answers. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBenchProduct } from '../bench-product.mjs';
import { jobProcesses } from '../process-usage.mjs';
import { joinAsCaller, readSpeech } from '../spoken-caller.mjs';

const audio = fileURLToPath(new URL('../../audio', import.meta.url));
const sentences = ['hours', 'price', 'where', 'status'];
const voices = ['af_heart', 'am_michael'];

/** One result for each number of calls at once: `{ calls, coresPerCall, memoryPerCallMb, answers }`, answers in ms. */
export async function agentCost(steps) {
  const product = await startBenchProduct();
  try {
    const results = [];
    for (const calls of steps) results.push(await together(product, calls));
    return results;
  } finally {
    await product.stop();
  }
}

async function together(product, calls) {
  const callers = await Promise.all(Array.from({ length: calls }, () => open(product)));
  await Promise.all(callers.map((caller) => caller.agentDone()));
  const before = new Map(jobProcesses().map((job) => [job.pid, job.cpu]));
  const began = performance.now();
  const answers = await Promise.all(callers.map((caller, i) => talk(caller, voices[i % 2])));
  const seconds = (performance.now() - began) / 1_000;
  // A process that waits for a call of its own uses next to nothing meanwhile.
  const used = jobProcesses()
    .map((job) => ({ ...job, cpu: job.cpu - (before.get(job.pid) ?? 0) }))
    .toSorted((a, b) => b.cpu - a.cpu)
    .slice(0, calls);
  await Promise.all(callers.map((caller) => caller.leave()));
  const mean = (pick) => used.reduce((sum, job) => sum + pick(job), 0) / calls;
  return {
    calls,
    coresPerCall: mean((job) => job.cpu) / seconds,
    memoryPerCallMb: mean((job) => job.memoryMb),
    answers: answers.flat(),
  };
}

async function open(product) {
  const grant = await product.rest('POST', '/v1/web-calls', { agent_id: product.agentId });
  const caller = await joinAsCaller(grant);
  await caller.nextSound();
  return caller;
}

async function talk(caller, voice) {
  const answers = [];
  for (const name of sentences) {
    const { endedAt } = await caller.say(readSpeech(join(audio, `${voice}-${name}.wav`)));
    answers.push((await caller.nextSound()) - endedAt);
    await caller.agentDone();
  }
  return answers;
}
