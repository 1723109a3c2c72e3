/**
 * `npm run bench:calls`: calls with recorded speech and an echo in place of the agent, on each media server side by side, up
 * to where it breaks; then what the agent worker itself costs.
 * Options: `--calls 10,50,100` `--seconds 6` `--servers embedded,livekit` `--agent 1,2,4` (`--agent 0`: without).
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildCode } from '../../../scripts/build.mjs';
import { agentCost } from './agent-cost.mjs';
import { loadStep } from './load-step.mjs';
import { startMediaServer } from './media-server.mjs';
import { recordSpeech } from './record-speech.mjs';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10,50,100,150,200,300,400' },
    seconds: { type: 'string', default: '6' },
    servers: { type: 'string', default: 'embedded,livekit' },
    agent: { type: 'string', default: '1,2,4' },
  },
});
const numbers = (text) => text.split(',').map(Number).filter(Boolean);

await buildCode(() => undefined);
const [core] = cpus();
const [load = 0] = loadavg();
console.log(
  `${availableParallelism()} cores (${core?.model.trim()}), load average before: ${load.toFixed(1)}\n`,
);
const recorder = await startMediaServer('embedded');
const payloads = await recordSpeech(recorder.target);
await recorder.stop();

console.log(
  '| calls | server | held | lost | jitter | first audio, median / worst | server CPU | a call | memory | a call | generator CPU | machine busy |',
);
console.log(`|${'---|'.repeat(12)}`);
const servers = values.servers.split(',');
const broken = new Set();
const failures = new Set();
let repeated = 0;
const ratios = [];
for (const calls of numbers(values.calls)) {
  const cost = {};
  for (const name of servers.filter((one) => !broken.has(one))) {
    const step = await loadStep(name, calls, Number(values.seconds), payloads);
    repeated += step.repeated;
    for (const failure of step.failures) failures.add(`${name}, ${calls} calls: ${failure}`);
    if (step.held < calls * 0.9) broken.add(name);
    cost[name] = step.serverCoresPerCall;
    console.log(`| ${cells(step).join(' | ')} |`);
  }
  const { embedded, livekit } = cost;
  if (embedded && livekit) ratios.push(`${(embedded / livekit).toFixed(2)} at ${calls} calls`);
}
if (ratios.length > 0) {
  console.log(`\nCPU a call, embedded to livekit: ${ratios.join(', ')}.`);
}
if (repeated > 0)
  console.log(`\nJoins repeated because the native client closed itself: ${repeated}.`);
if (failures.size > 0)
  console.log(`\nNot opened:\n${[...failures].map((one) => `- ${one}`).join('\n')}`);

const agentSteps = numbers(values.agent);
if (agentSteps.length > 0) {
  console.log('\n| calls | agent worker, a call | memory a call | answer, median / worst |');
  console.log('|---|---|---|---|');
  for (const { calls, coresPerCall, memoryPerCallMb, answers } of await agentCost(agentSteps)) {
    const sorted = answers.toSorted((a, b) => a - b);
    const [middle, worst] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    console.log(
      `| ${calls} | ${percent(coresPerCall)} of a core | ${Math.round(memoryPerCallMb)} MB | ` +
        `${Math.round(middle)} / ${Math.round(worst)} ms |`,
    );
  }
}
process.exit(0);

function cells(step) {
  const { calls } = step;
  return [
    calls,
    step.name,
    step.held,
    `${(100 * step.lostShare).toFixed(2)} %`,
    `${step.jitterMs.toFixed(1)} ms`,
    `${Math.round(step.firstAudioMs)} / ${Math.round(step.firstAudioWorstMs)} ms`,
    percent(step.serverCores),
    percent(step.serverCoresPerCall, 2),
    `${step.memoryMb} MB`,
    `${step.memoryPerCallMb.toFixed(2)} MB`,
    percent(step.generatorCores),
    percent(step.machineBusy),
  ];
}

function percent(share, digits = 0) {
  return `${(100 * share).toFixed(digits)} %`;
}
