/**
 * Counts how many of two hundred sentences, which nobody who wrote the demo's examples had seen, are taken for what they mean:
 * as text, and spoken by flite's voices and heard by the offline recogniser. Takes some minutes.
 * Run after a build: `node test/bench/intents.mjs [voice or folder…]`; a folder holds `0.wav` to `199.wav`, mono, 16 kHz.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDialogue } from '../../dist/server/agent/offline/dialogue/create-dialogue.js';
import { startOfDialogue } from '../../dist/server/agent/offline/dialogue/dialogue-state.js';
import { vocabularyOf } from '../../dist/server/agent/offline/dialogue/vocabulary-of.js';
import { openFlite } from '../../dist/server/agent/offline/speech/flite.js';
import { loadMoonshine } from '../../dist/server/agent/offline/speech/moonshine.js';
import { prepareSamples } from '../../dist/server/agent/offline/speech/prepare-samples.js';
import { readDemoAgent } from '../../dist/server/demo/demo-agent.js';
import { readSpeech } from './spoken-caller.mjs';

const PADDING_MS = 200;
const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const sentences = JSON.parse(readFileSync(at('test/agent/offline/unseen-sentences.json'), 'utf8'));
const voices = process.argv.length > 2 ? process.argv.slice(2) : ['slt', 'rms', 'awb'];

const { dialogue } = readDemoAgent().settings;
const engine = createDialogue(dialogue);
const vocabulary = vocabularyOf(dialogue);
const moonshine = await loadMoonshine(process.env.VOICE_MODELS_DIR ?? at('.cache/voice'));
const flite = openFlite();

console.log('| said by | right | of |\n|---|---|---|');
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
process.exit(0);

async function row(name, hear) {
  const wrong = [];
  for (const [number, [sentence, meant]] of sentences.entries()) {
    const heard = await hear(sentence, number);
    const { intent } = engine.step(startOfDialogue(null), heard);
    if (intent !== meant) wrong.push(`${sentence} → ${heard} → ${intent} instead of ${meant}`);
  }
  for (const line of wrong) console.error(line);
  console.log(`| ${name} | ${sentences.length - wrong.length} | ${sentences.length} |`);
}
