/**
 * Asks invented businesses what their twelve facts answer, and what they do not: how often the right fact is found, by
 * words alone and by meaning. Bounds and words were chosen on some of them; the others only measure.
 * Run after a build: `node test/bench/knowledge.mjs`; with `--tuned` on those that the bounds were chosen on, with
 * `--wrong` saying which questions fail.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadMiniLm } from '../../dist/server/agent/offline/embedding/minilm.js';
import { createFactSearch } from '../../dist/server/agent/offline/knowledge/create-fact-search.js';

const isTuned = process.argv.includes('--tuned');
const isTalkative = process.argv.includes('--wrong');
const name = isTuned ? 'knowledge-sets.json' : 'unseen-knowledge-sets.json';
const sets = JSON.parse(readFileSync(new URL(`../agent/offline/${name}`, import.meta.url), 'utf8'));
const models =
  process.env.VOICE_MODELS_DIR ?? fileURLToPath(new URL('../../.cache/voice', import.meta.url));
const embedder = await loadMiniLm(join(models, 'minilm'));

console.log(
  '| business | search | questions | right | wrong | does not know | among five | beside them | answered |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [how, one] of [
  ['words', null],
  ['meaning', embedder],
]) {
  const all = { questions: 0, right: 0, wrong: 0, unknown: 0, related: 0, beside: 0, answered: 0 };
  for (const set of sets) {
    const counts = await ask(set, one);
    for (const key of Object.keys(all)) all[key] += counts[key];
    row(set.name, how, counts);
  }
  row('**all**', how, all);
}

async function ask({ facts, questions, off_topic: beside }, one) {
  const search = createFactSearch(facts, one, 60_000);
  const counts = { questions: questions.length, right: 0, wrong: 0, unknown: 0, related: 0 };
  for (const [question, place] of questions) {
    const { answer, related } = await search.find(question);
    counts[answer === null ? 'unknown' : answer === facts[place] ? 'right' : 'wrong'] += 1;
    if (related.includes(facts[place])) counts.related += 1;
    if (isTalkative && answer !== facts[place]) console.error(`${question} → ${answer}`);
  }
  let answered = 0;
  for (const question of beside) {
    const { answer } = await search.find(question);
    if (answer !== null) answered += 1;
    if (isTalkative && answer !== null) console.error(`${question} → ${answer}`);
  }
  return { ...counts, beside: beside.length, answered };
}

function row(name, how, c) {
  const cells = [c.questions, c.right, c.wrong, c.unknown, c.related, c.beside, c.answered];
  console.log(`| ${name} | ${how} | ${cells.join(' | ')} |`);
}
