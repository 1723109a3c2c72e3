/**
 * Asks three invented businesses what their twelve facts answer, and what they do not: how often the right fact is found.
 * Thresholds and words were chosen on the first set; the two others only measure. Run after a build: `node test/bench/knowledge.mjs`.
 */
import { readFileSync } from 'node:fs';
import { createWordSearch } from '../../dist/server/agent/offline/knowledge/create-word-search.js';

const file = new URL('../agent/offline/knowledge-sets.json', import.meta.url);
const sets = JSON.parse(readFileSync(file, 'utf8'));
const isTalkative = process.argv.includes('--wrong');

console.log('| business | questions | right | wrong | does not know | off topic | refused |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const { name, facts, questions, off_topic: offTopic } of sets) {
  const search = createWordSearch(facts);
  const counts = { right: 0, wrong: 0, unknown: 0, refused: 0 };
  for (const [question, place] of questions) {
    const { answer } = await search.find(question);
    counts[answer === null ? 'unknown' : answer === facts[place] ? 'right' : 'wrong'] += 1;
    if (isTalkative && answer !== facts[place]) console.error(`${question} → ${answer}`);
  }
  for (const question of offTopic) {
    const { answer } = await search.find(question);
    if (answer === null) counts.refused += 1;
    else if (isTalkative) console.error(`${question} → ${answer}`);
  }
  const { right, wrong, unknown, refused } = counts;
  console.log(
    `| ${name} | ${questions.length} | ${right} | ${wrong} | ${unknown} | ${offTopic.length} | ${refused} |`,
  );
}
