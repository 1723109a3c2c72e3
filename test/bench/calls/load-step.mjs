/** One step of the curve: so many calls at once on one media server, held and measured. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { machineTime, readProcess } from '../process-usage.mjs';
import { startMediaServer } from './media-server.mjs';

const generatorFile = fileURLToPath(new URL('./generator.mjs', import.meta.url));
const GENERATORS = 2;
const SETTLE_MS = 2_000;
/** So many packets of a call may be on their way when the counting ends. */
const UNDER_WAY = 5;
/** Of its packets, a call must get back so many to count as held. */
const HELD = 0.99;

/** What came of `calls` calls on the server `name`, measured for `seconds` after they were up. */
export async function loadStep(name, calls, seconds, payloads) {
  const server = await startMediaServer(name);
  const idle = readProcess(server.pid);
  const generators = await Promise.all(
    Array.from({ length: GENERATORS }, () => startGenerator(server.target, payloads)),
  );
  const ids = Array.from({ length: calls }, (_, id) => id);
  const opened = await Promise.all(
    generators.map((one, i) =>
      one.ask({ kind: 'open', ids: ids.filter((id) => id % GENERATORS === i) }),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const before = { server: readProcess(server.pid), machine: machineTime(), at: performance.now() };
  const measured = await Promise.all(
    generators.map((one) => one.ask({ kind: 'measure', seconds })),
  );
  const took = (performance.now() - before.at) / 1_000;
  const after = { server: readProcess(server.pid), machine: machineTime() };
  for (const one of generators) one.stop();
  await server.stop();

  const all = measured.flatMap((one) => one.calls);
  const sent = sum(all.map((one) => one.sent));
  const serverCores = (after.server.cpu - before.server.cpu) / took;
  const busy = after.machine.busy - before.machine.busy;
  return {
    name,
    calls,
    held: all.filter((one) => one.up && one.back >= HELD * one.sent).length,
    lostShare: sent === 0 ? 1 : sum(all.map(lostOf)) / sent,
    jitterMs: median(all.map((one) => one.jitter)),
    firstAudioMs: median(opened.flatMap((one) => one.firstAudio)),
    firstAudioWorstMs: Math.max(...opened.flatMap((one) => one.firstAudio)),
    serverCores,
    serverCoresPerCall: serverCores / all.length,
    memoryMb: after.server.memoryMb,
    memoryPerCallMb: (after.server.memoryMb - idle.memoryMb) / all.length,
    generatorCores: sum(measured.map((one) => one.cpu)) / took,
    machineBusy: busy / (after.machine.total - before.machine.total),
    repeated: sum(opened.map((one) => one.repeated)),
    failures: opened.flatMap((one) => one.failures),
  };
}

/** Gaps in what came back, or silence: a call of which nothing comes has no gaps. */
function lostOf({ lost, sent, back }) {
  return Math.max(0, lost, sent - back - UNDER_WAY);
}

async function startGenerator(target, payloads) {
  const child = fork(generatorFile, [JSON.stringify([target, payloads])], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const next = () =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('a load generator died')));
    });
  await next();
  return {
    ask(message) {
      const answer = next();
      child.send(message);
      return answer;
    },
    stop: () => child.kill('SIGKILL'),
  };
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
