/**
 * Measures the offline voices: how well the offline recogniser understands them, over sentences that are in no test, how soon
 * their first sound is there, what a second of speech costs, and what memory they take. Each voice in a process of its own.
 * Run after a build: `node test/bench/voice.mjs [voice…]`, with VOICE_MODELS_DIR where the models lie elsewhere.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AudioFrame, AudioResampler } from '@livekit/rtc-node';
import { SENTENCES } from './voice-sentences.mjs';

const PADDING_MS = 200;
const self = fileURLToPath(import.meta.url);
const models =
  process.env.VOICE_MODELS_DIR ?? fileURLToPath(new URL('../../.cache/voice', import.meta.url));
const dist = new URL('../../dist/server/agent/offline/', import.meta.url);

if (process.send)
  process.once('message', (voice) => void measure(voice).then((row) => process.send(row)));
else await table(process.argv.length > 2 ? process.argv.slice(2) : ['hibari', 'slt', 'rms', 'awb']);

async function table(voices) {
  console.log(
    '| voice | words | wrong | first sound, p50 | p95 | CPU a second of speech | seconds | memory |\n|---|---|---|---|---|---|---|---|',
  );
  for (const voice of voices) {
    const child = fork(self);
    child.send(voice);
    const row = await new Promise((resolve) => child.once('message', resolve));
    child.kill();
    console.log(
      `| ${voice} | ${row.words} | ${((100 * row.wrong) / row.words).toFixed(1)} % | ${row.p50} ms | ${row.p95} ms | ${row.cpu} ms | ${row.seconds} | +${row.memory} MB |`,
    );
    for (const line of row.misheard) console.error(`${voice}: ${line}`);
  }
}

async function measure(voice) {
  // The recogniser is loaded first: what it takes is not the voice's.
  const { loadMoonshine } = await import(new URL('speech/moonshine.js', dist));
  const { prepareSamples } = await import(new URL('speech/prepare-samples.js', dist));
  const moonshine = await loadMoonshine(models);
  await moonshine.recognize(new Float32Array(16_000));
  const before = process.memoryUsage().rss;
  const { speak, rate } = await openVoice(voice);
  await speak('Hello, how can I help you today?', () => undefined);
  const memory = process.memoryUsage().rss - before;

  const said = [];
  const firsts = [];
  let seconds = 0;
  const cpu = process.cpuUsage();
  for (const sentence of SENTENCES) {
    const began = performance.now();
    let first = 0;
    const pcm = await speak(sentence, () => (first ||= performance.now() - began));
    firsts.push(first);
    seconds += pcm.length / rate;
    said.push(pcm);
  }
  const { user, system } = process.cpuUsage(cpu);
  let wrong = 0;
  let words = 0;
  const misheard = [];
  for (const [index, sentence] of SENTENCES.entries()) {
    const samples = prepareSamples(atRate(said[index], rate, 16_000), PADDING_MS);
    const { text } = await moonshine.recognize(samples);
    const errors = distance(wordsOf(sentence), wordsOf(text));
    wrong += errors;
    words += wordsOf(sentence).length;
    if (errors > 0) misheard.push(`${sentence} → ${text}`);
  }
  firsts.sort((a, b) => a - b);
  const at = (share) =>
    Math.round(firsts[Math.min(firsts.length - 1, Math.floor(share * firsts.length))]);
  return {
    words,
    wrong,
    misheard,
    p50: at(0.5),
    p95: at(0.95),
    cpu: Math.round((user + system) / 1_000 / seconds),
    seconds: Math.round(seconds),
    memory: Math.round(memory / 1e6),
  };
}

/** As a worker has it: the neural voice on its thread, behind the shared process's own class; flite on its thread. */
async function openVoice(voice) {
  const collect = async (pieces, heard) => {
    const all = [];
    for await (const piece of pieces) {
      heard();
      all.push(...piece);
    }
    return Int16Array.from(all);
  };
  if (voice !== 'hibari') {
    const { openFlite } = await import(new URL('speech/flite.js', dist));
    const flite = openFlite();
    return {
      rate: 16_000,
      async speak(text, heard) {
        const pcm = await flite.speak(text, voice, 1);
        heard();
        return pcm;
      },
    };
  }
  const { serveHibari } = await import(new URL('speech/hibari/serve-hibari.js', dist));
  const { openSharedHibari } = await import(new URL('speech/hibari/shared-hibari.js', dist));
  const served = serveHibari(models);
  await served.answer({ say: '', speed: 1 });
  const say = openSharedHibari({ ask: (_method, data) => served.answer(data) });
  return { rate: 24_000, speak: (text, heard) => collect(say(text, 1), heard) };
}

function atRate(pcm, from, to) {
  if (from === to) return pcm;
  const resampler = new AudioResampler(from, to, 1);
  const frames = resampler.push(new AudioFrame(pcm, from, 1, pcm.length));
  return Int16Array.from([...frames, ...resampler.flush()].flatMap(({ data }) => [...data]));
}

function wordsOf(text) {
  const plain = text.toLowerCase().replaceAll('good-bye', 'goodbye');
  return plain
    .replaceAll(/[^a-z0-9' ]/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
}

/** Words to change, add or leave out. */
function distance(wanted, got) {
  let row = Array.from({ length: got.length + 1 }, (_, index) => index);
  for (const [index, word] of wanted.entries()) {
    const next = [index + 1];
    for (const [column, other] of got.entries()) {
      const swap = row[column] + (word === other ? 0 : 1);
      next.push(Math.min(swap, row[column + 1] + 1, next[column] + 1));
    }
    row = next;
  }
  return row.at(-1);
}
