import { openFlite } from '/work/wt-agent/dist/server/agent/offline/speech/flite.js';
import { loadMoonshine } from '/work/wt-agent/dist/server/agent/offline/speech/moonshine.js';
import { prepareSamples } from '/work/wt-agent/dist/server/agent/offline/speech/prepare-samples.js';
import { createDialogue } from '/work/wt-agent/dist/server/agent/offline/dialogue/create-dialogue.js';
import { plainWords } from '/work/wt-agent/dist/server/agent/offline/dialogue/normalize.js';
import { startOfDialogue } from '/work/wt-agent/dist/server/agent/offline/dialogue/dialogue-state.js';
import { BICYCLE_WORKSHOP } from '/work/wt-agent/dist/server/domain/demo/bicycle-workshop.js';
import { readFileSync } from 'node:fs';
const src = readFileSync('/work/wt-agent/test/agent/offline/held-out-sentences.ts','utf8');
const HELD = eval(src.slice(src.indexOf('= [')+2).replace(/;\s*$/,''));
const demo = BICYCLE_WORKSHOP.settings.dialogue;
const plain = (s) => plainWords(s).join(' ');
const SAID = { hours: ['what time do you open on saturday', 'opening_hours'], price: ['how much is a full service', 'price'], book: ["i would like to book a repair for friday at three o'clock", 'book_repair'], status: ['is my bike ready the ticket number is four two seven nine', 'repair_status'], where: ['where is your workshop', 'address'], human: ['can i talk to a real person please', 'person'], repeat: ['sorry can you say that again', 'repeat'], cancel: ['i want to cancel my appointment on friday', 'cancel_booking'], bye: ['thank you very much goodbye', 'goodbye'], offtopic: ['what is the weather like in london tomorrow', null], interrupt: ['wait stop i have another question', 'interrupt'] };
const examples = new Set(demo.intents.flatMap(i => i.examples).map(plain));
console.log('said verbatim:', Object.values(SAID).filter(([s]) => examples.has(plain(s))).map(([s]) => s));
console.log('held-out verbatim:', HELD.filter(([s]) => examples.has(plain(s))).map(([s]) => s));
const strip = structuredClone(demo);
const all = new Set([...Object.values(SAID), ...HELD].map(([s]) => plain(s)));
const digits = new Set(['is my bike ready the ticket number is 4 2 7 9','i would like to book a repair for friday at three o clock']);
for (const i of strip.intents) i.examples = i.examples.filter(e => !all.has(plain(e)) && !digits.has(plain(e)));
for (const [name, d] of [['full', demo], ['without', strip]]) {
  const e = createDialogue(d);
  for (const [n, set] of [['said', Object.values(SAID)], ['held', HELD]]) {
    const wrong = set.filter(([s, i]) => e.step(startOfDialogue(null), s).intent !== i);
    console.log(name, n, set.length - wrong.length, '/', set.length, wrong.map(([s, i]) => `${s} -> ${e.step(startOfDialogue(null), s).intent}`));
  }
}
const flite = openFlite();
const moonshine = await loadMoonshine('/work/wt-agent/.cache/voice');
const engine = createDialogue(strip);
for (const voice of ['slt', 'rms', 'awb']) {
  const wrong = [];
  for (const [s, i] of HELD) {
    const pcm = await flite.speak(s, voice, 1, false);
    let heard=''; for (const pad of [100,0,300]) { heard = (await moonshine.recognize(prepareSamples(pcm, pad))).text; if (/[a-z0-9]/i.test(heard)) break; }
    const got = engine.step(startOfDialogue(null), heard).intent;
    if (got !== i) wrong.push(`${s} | ${heard} | ${got}`);
  }
  console.log(voice, HELD.length - wrong.length, '/', HELD.length, wrong);
}
process.exit(0);
