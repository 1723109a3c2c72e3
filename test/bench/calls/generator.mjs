/** A process of its own that holds a share of the calls: what it costs is not the media server's. */
import process from 'node:process';
import { openCall } from './one-call.mjs';

const AT_ONCE = 4;
const SEND_EVERY_MS = 4;
/** One in fifty of the native peers closes by itself while it is being set up, whichever server it joins. */
const TRIES = 3;

const [target, payloads] = JSON.parse(process.argv[2]);
const speech = payloads.map((one) => Buffer.from(one, 'base64'));
const calls = [];
const failures = [];

setInterval(() => {
  const now = performance.now();
  for (const call of calls) call.speak(now);
}, SEND_EVERY_MS);

process.on('message', (message) => {
  void handle(message).then((answer) => process.send(answer));
});
process.on('disconnect', () => process.exit(0));
process.send('ready');

async function handle({ kind, ids, seconds }) {
  if (kind === 'open') return open(ids);
  if (kind === 'measure') return measure(seconds);
  for (const call of calls.splice(0)) call.leave();
  return 'left';
}

async function open(ids) {
  const firstAudio = [];
  const waiting = ids.map((id) => ({ id, tries: 0 }));
  let repeated = 0;
  const lane = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const { id, tries } = one;
      let call = null;
      try {
        call = await openCall(target, `call-${id}-${tries}`, 1_000 + 2 * id, speech);
        calls.push(call);
        firstAudio.push(await within(call.firstAudio, 5_000));
      } catch (error) {
        if (call) calls.splice(calls.indexOf(call), 1)[0].leave();
        if (tries + 1 < TRIES) {
          repeated += 1;
          waiting.push({ id, tries: tries + 1 });
        } else failures.push(String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { firstAudio, failures, repeated };
}

async function measure(seconds) {
  const before = calls.map((call) => ({ ...call.counts }));
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const used = process.cpuUsage(cpu);
  return {
    cpu: (used.user + used.system) / 1e6,
    calls: calls.map(({ counts, isUp }, i) => ({
      up: isUp(),
      sent: counts.sent - before[i].sent,
      back: counts.back - before[i].back,
      lost: counts.lost - before[i].lost,
      jitter: counts.jitter,
    })),
  };
}

function within(promise, ms) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('nothing came back')), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
