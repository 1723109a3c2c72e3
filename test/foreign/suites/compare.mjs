/** Puts the outcomes of one suite on two servers side by side, and tells what is new and what is no more. */

/**
 * `livekit` and `embedded` are `{ [test]: { outcome, why } }`, with `outcome` one of passed, unsteady (it passed only
 * when it was run again), failed, skipped. `known` is `{ [test or prefix*]: reason }`. A test that a server did not come
 * to has the outcome of the test that it is part of ("A" of "A/b"), or failed. Only the innermost are compared.
 */
export function compare(livekit, embedded, known) {
  const all = [...new Set([...Object.keys(livekit), ...Object.keys(embedded)])];
  const tests = all.filter((name) => !all.some((other) => other.startsWith(`${name}/`)));
  const groups = { both: [], livekitOnly: [], embeddedOnly: [], neither: [], skipped: [] };
  const found = [];
  const unsteady = [];
  const used = new Set();
  for (const test of tests.sort()) {
    const [there, here] = [outcomeOf(livekit, test), outcomeOf(embedded, test)];
    groups[groupOf(there.outcome, here.outcome)].push(test);
    if (there.outcome === 'unsteady') unsteady.push(`${test} on livekit-server`);
    if (here.outcome === 'unsteady') unsteady.push(`${test} on embedded`);
    if (!isGood(there.outcome) || here.outcome !== 'failed') continue;
    const entry = entryFor(known, test);
    if (entry) used.add(entry);
    else found.push({ test, why: here.why });
  }
  const stale = Object.keys(known).filter((entry) => !used.has(entry));
  return { groups, found, stale, unsteady };
}

/** The entry of the known differences that names a test, or a beginning of its name. */
export function entryFor(known, test) {
  return Object.keys(known).find((entry) =>
    entry.endsWith('*') ? test.startsWith(entry.slice(0, -1)) : entry === test,
  );
}

function outcomeOf(outcomes, test) {
  for (let name = test; name; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
    if (outcomes[name]) return outcomes[name];
  }
  return { outcome: 'failed', why: 'it did not come to its turn' };
}

function groupOf(there, here) {
  if (there === 'skipped' || here === 'skipped') return 'skipped';
  if (isGood(there)) return isGood(here) ? 'both' : 'livekitOnly';
  return isGood(here) ? 'embeddedOnly' : 'neither';
}

function isGood(outcome) {
  return outcome === 'passed' || outcome === 'unsteady';
}
