/**
 * `npm run conformance -- --foreign [suite …]`: runs LiveKit's own suites against livekit-server and the embedded
 * server, and ends with 1 when a test that passes there fails here and is not among the known differences, or when
 * one of those is none any more. What cannot be had on this machine is left out, and said.
 */
import { readFileSync } from 'node:fs';
import { compare, entryFor } from './compare.mjs';
import { goSdk } from './go-sdk.mjs';
import { livekitServer } from './livekit-server/suite.mjs';
import { pythonSdk } from './python/suite.mjs';
import { rtcNode } from './rtc-node/suite.mjs';
import { findServers, freeSuitePort, keys, startServer } from './servers.mjs';

const suites = [rtcNode, pythonSdk, ...livekitServer, goSdk];
const known = JSON.parse(readFileSync(new URL('known-differences.json', import.meta.url), 'utf8'));

/** Answers the code to end with. */
export async function runSuites(asked) {
  const unknown = asked.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(
      `Unknown suite ${unknown.join(', ')}: use ${suites.map((s) => s.name).join(', ')}.`,
    );
    return 1;
  }
  const servers = await findServers(console.log);
  const results = [];
  for (const suite of suites) {
    if (asked.length > 0 && !asked.includes(suite.name)) continue;
    try {
      results.push(await runSuite(suite, servers));
    } catch (error) {
      console.log(`${suite.name}: left out, because ${error.message}`);
    }
  }
  for (const result of results) print(result);
  const table = results.map(({ suite, result }) => ({
    suite: suite.name,
    both: result.groups.both.length,
    'only livekit-server': result.groups.livekitOnly.length,
    'only embedded': result.groups.embeddedOnly.length,
    neither: result.groups.neither.length,
    skipped: result.groups.skipped.length,
  }));
  console.table(table);
  const isGood = results.every(({ result }) => result.found.length + result.stale.length === 0);
  return results.length > 0 && isGood ? 0 : 1;
}

function knownOf(suite) {
  return known[suite.name] ?? {};
}

async function runSuite(suite, servers) {
  const port = await freeSuitePort();
  const what = await suite.prepare(console.log, port);
  console.log(`\n── ${suite.name}: ${what} ──`);
  const outcomes = [];
  for (const server of servers) {
    const began = Date.now();
    const got = await runOn(suite, server, port);
    console.log(`${server.name}: ${Math.round((Date.now() - began) / 1000)} s`);
    outcomes.push(got);
  }
  return { suite, what, result: compare(...outcomes, knownOf(suite)) };
}

/** What fails is run once more, since the machine may have been busy; what is known to differ is not. */
async function runOn(suite, server, port) {
  const { command } = server;
  const env = {
    LIVEKIT_URL: `ws://127.0.0.1:${port}`,
    LIVEKIT_API_KEY: keys.apiKey,
    LIVEKIT_API_SECRET: keys.apiSecret,
  };
  const attempt = async (only) => {
    const stop = suite.startsServer ? null : await startServer(command(port), port);
    try {
      return await suite.run({ command, env }, only);
    } finally {
      await stop?.();
    }
  };
  const outcomes = await attempt();
  const isKnown = (name) => entryFor(knownOf(suite), name) !== undefined;
  const failed = Object.keys(outcomes).filter(
    (name) =>
      outcomes[name].outcome === 'failed' &&
      !isKnown(name) &&
      !Object.keys(outcomes).some((other) => other.startsWith(`${name}/`) && isKnown(other)),
  );
  if (failed.length === 0) return outcomes;
  const again = await attempt(failed);
  for (const name of failed) {
    if (again[name]?.outcome === 'passed') outcomes[name] = { outcome: 'unsteady', why: '' };
  }
  return outcomes;
}

function print({ suite, what, result }) {
  const { groups, found, stale, unsteady } = result;
  console.log(`\n${suite.name} (${what})`);
  for (const [tests, why] of Object.entries(suite.leftOut))
    console.log(`  left out: ${tests}: ${why}`);
  for (const test of groups.livekitOnly) {
    const entry = entryFor(knownOf(suite), test);
    console.log(
      `  only livekit-server: ${test}${entry ? ` (known: ${knownOf(suite)[entry]})` : ''}`,
    );
  }
  for (const test of groups.embeddedOnly) console.log(`  only embedded: ${test}`);
  for (const test of groups.neither) console.log(`  neither: ${test}`);
  for (const test of unsteady) console.log(`  passed only when it was run again: ${test}`);
  for (const { test, why } of found) console.log(`  NOT KNOWN: ${test}: ${why}`);
  for (const entry of stale) console.log(`  KNOWN, BUT NO DIFFERENCE ANY MORE: ${entry}`);
}
