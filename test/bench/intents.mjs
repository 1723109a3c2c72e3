/**
 * Counts how many of two hundred sentences, which nobody who wrote the demo's examples had seen, are taken for what they mean:
 * as text, and spoken by flite's voices and heard by the offline recogniser; how many of 125 about something else are taken
 * for a wish; and what getting ready and a turn take. Some minutes.
 * Run after a build: `node test/bench/intents.mjs [voice or folder…]`; a folder holds `0.wav` to `199.wav`, mono, 16 kHz.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDialogue } from '../../dist/server/agent/offline/dialogue/create-dialogue.js';
import { startOfDialogue } from '../../dist/server/agent/offline/dialogue/dialogue-state.js';
import { vocabularyOf } from '../../dist/server/agent/offline/dialogue/vocabulary-of.js';
import { keepVectors } from '../../dist/server/agent/offline/embedding/keep-vectors.js';
import { loadMiniLm } from '../../dist/server/agent/offline/embedding/minilm.js';
import { openFlite } from '../../dist/server/agent/offline/speech/flite.js';
import { loadMoonshine } from '../../dist/server/agent/offline/speech/moonshine.js';
import { prepareSamples } from '../../dist/server/agent/offline/speech/prepare-samples.js';
import { readDemoAgent } from '../../dist/server/demo/demo-agent.js';
import { readSpeech } from './spoken-caller.mjs';

const PADDING_MS = 200;
const KEPT_VECTORS = 4_096;
/** What is counted does not depend on how busy the machine is. */
const PATIENCE_MS = 60_000;
const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const sentencesOf = (name) =>
  JSON.parse(readFileSync(at(`test/agent/offline/${name}-sentences.json`), 'utf8'));
const sentences = sentencesOf('unseen');
const offTopic = sentencesOf('off-topic');
const voices = process.argv.length > 2 ? process.argv.slice(2) : ['slt', 'rms', 'awb'];

const { dialogue } = readDemoAgent().settings;
const models = process.env.VOICE_MODELS_DIR ?? at('.cache/voice');
const miniLm = await loadMiniLm(join(models, 'minilm'));
const byMeaning = await ready('by what is meant', keepVectors(miniLm, KEPT_VECTORS));
const byWording = await ready('by the wording alone', null);
const vocabulary = vocabularyOf(dialogue);
const moonshine = await loadMoonshine(models);
const flite = openFlite();

console.log(
  '\n| said by | right by what is meant | by the wording alone | of |\n|---|---|---|---|',
);
await row('nobody: the text itself', (sentence) => sentence);
for (const voice of voices) {
  const isFolder = existsSync(voice);
  await row(isFolder ? `recordings in ${voice}` : `flite ${voice}`, async (sentence, number) => {
    const speech = isFolder
      ? readSpeech(join(voice, `${number}.wav`))
      : await flite.speak(sentence, voice, 1);
    return (await moonshine.recognize(prepareSamples(speech, PADDING_MS), vocabulary)).text;
  });
}
console.log(
  `| about something else, taken for a wish | ${await taken(byMeaning)} | ${await taken(byWording)} | ${offTopic.length} |`,
);
process.exit(0);

async function ready(name, embedder) {
  const since = performance.now();
  const engine = createDialogue(dialogue, embedder, PATIENCE_MS);
  const preparedMs = performance.now() - since;
  let turn = 0;
  const turnMs = async () => {
    const begun = performance.now();
    await intentOf(engine, `Turn number ${(turn += 1)}, please.`);
    return performance.now() - begun;
  };
  await turnMs();
  const readyMs = performance.now() - since;
  const turns = [];
  while (turns.length < 100) turns.push(await turnMs());
  turns.sort((one, other) => one - other);
  const told = [preparedMs, readyMs, turns[50], turns[95]].map((ms) => `${ms.toFixed(1)} ms`);
  console.log(
    `${name}: prepared in ${told[0]}, ready after ${told[1]}; a turn p50 ${told[2]}, p95 ${told[3]}`,
  );
  return engine;
}

async function intentOf(engine, sentence) {
  return (await engine.step(startOfDialogue(null), sentence)).intent;
}

async function taken(engine) {
  let count = 0;
  for (const sentence of offTopic) if ((await intentOf(engine, sentence)) !== null) count += 1;
  return count;
}

async function row(name, hear) {
  const right = { byMeaning: 0, byWording: 0 };
  for (const [number, [sentence, meant]] of sentences.entries()) {
    const heard = await hear(sentence, number);
    const intent = await intentOf(byMeaning, heard);
    if (intent === meant) right.byMeaning += 1;
    else console.error(`${sentence} → ${heard} → ${intent} instead of ${meant}`);
    if ((await intentOf(byWording, heard)) === meant) right.byWording += 1;
  }
  console.log(`| ${name} | ${right.byMeaning} | ${right.byWording} | ${sentences.length} |`);
}
