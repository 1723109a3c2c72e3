/**
 * Asks invented businesses what their twelve facts answer, and what they do not: how often the right fact is found, by
 * words alone and by meaning. Bounds and words were chosen on some of them; the others only measure.
 * Run after a build: `node test/bench/knowledge.mjs`, which asks indirectly, and beside the facts what is near to them;
 * with `--plain` it asks as callers mostly do, with `--tuned` what the bounds were chosen on; `--wrong` says which
 * questions fail.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadMiniLm } from '../../dist/server/agent/offline/embedding/minilm.js';
import { createFactSearch } from '../../dist/server/agent/offline/knowledge/create-fact-search.js';

const KINDS = { '--tuned': 'knowledge-sets', '--plain': 'plain-knowledge-sets' };
const kind = process.argv.find((word) => word in KINDS);
const isTalkative = process.argv.includes('--wrong');
const name = kind ? KINDS[kind] : 'unseen-knowledge-sets';
const sets = JSON.parse(
  readFileSync(new URL(`../agent/offline/${name}.json`, import.meta.url), 'utf8'),
);
const models =
  process.env.VOICE_MODELS_DIR ?? fileURLToPath(new URL('../../.cache/voice', import.meta.url));
const embedder = await loadMiniLm(join(models, 'minilm'));

console.log(
  '| business | search | questions | right | wrong | right one offered | another offered | does not know | among five | beside them | answered | one offered |',
);
console.log(`|${' --- |'.repeat(12)}`);
const NOTHING = {
  ...{ questions: 0, right: 0, wrong: 0, offered: 0, misled: 0, unknown: 0, related: 0 },
  ...{ beside: 0, answered: 0, distracted: 0 },
};
for (const [how, one] of [
  ['words', null],
  ['meaning', embedder],
]) {
  const all = { ...NOTHING };
  for (const set of sets) {
    const counts = await ask(set, one);
    for (const key of Object.keys(all)) all[key] += counts[key];
    row(set.name, how, counts);
  }
  row('**all**', how, all);
}

async function ask({ facts, questions, off_topic: beside }, one) {
  const search = createFactSearch(facts, one, 60_000);
  const counts = { ...NOTHING, questions: questions.length, beside: beside.length };
  for (const [question, place] of questions) {
    const { answer, nearest, related } = await search.find(question);
    const isIt = (fact, yes, no) => (fact === facts[place] ? yes : no);
    if (answer !== null) counts[isIt(answer, 'right', 'wrong')] += 1;
    else if (nearest !== null) counts[isIt(nearest, 'offered', 'misled')] += 1;
    else counts.unknown += 1;
    if (related.includes(facts[place])) counts.related += 1;
    if (isTalkative && answer !== facts[place]) console.error(`${question} → ${answer}`);
  }
  for (const question of beside) {
    const { answer, nearest } = await search.find(question);
    if (answer !== null) counts.answered += 1;
    if (nearest !== null) counts.distracted += 1;
    if (isTalkative && answer !== null) console.error(`${question} → ${answer}`);
  }
  return counts;
}

function row(name, how, c) {
  console.log(`| ${name} | ${how} | ${Object.values(c).join(' | ')} |`);
}
