/**
 * `npm test`: fetches what the tests need, runs every check and every test, ends with one line of sums.
 * `node test/run.mjs unit e2e` runs only the named steps.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundles, buildCode } from '../server/start/build.mjs';
import { ensureLivekitServer } from '../server/start/livekit/livekit-server.mjs';
import { ensureChromium } from './support/chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'node_modules/.cache/test-results');
const bin = (path) => [process.execPath, join(root, 'node_modules', path)];

const vitest = (project) => ({
  command: [
    ...bin('vitest/vitest.mjs'),
    ...['run', '--project', project, '--reporter=default', '--reporter=json'],
    `--outputFile.json=${join(results, `${project}.json`)}`,
  ],
  report: join(results, `${project}.json`),
});

const steps = {
  format: { command: [...bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'] },
  lint: { command: [...bin('eslint/bin/eslint.js'), '.', '--max-warnings=0'] },
  types: { command: [...bin('typescript/bin/tsc'), '-b'] },
  unit: vitest('unit'),
  widget: {
    command: [...bin('@web/test-runner/dist/bin.js')],
    report: join(results, 'widget.json'),
  },
  package: vitest('package'),
  conformance: vitest('conformance'),
  e2e: vitest('e2e'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`Unknown step ${unknown.join(', ')}: use ${Object.keys(steps).join(', ')}.`);
  process.exit(1);
}

const sums = { passed: 0, failed: 0, skipped: 0 };
const broken = [];
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await prepare();
for (const [name, step] of Object.entries(steps)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const began = Date.now();
  console.log(`\n── ${name} ──`);
  const code = await run(step.command);
  count(name, step, code);
  console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds(began)} s)`);
}
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(`\n${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped`);
process.exit(sums.failed > 0 || broken.length > 0 ? 1 : 0);

async function prepare() {
  const began = Date.now();
  try {
    await buildCode(console.log);
    await buildBundles(console.log);
    process.env.CHROME_PATH = ensureChromium(console.log);
  } catch (error) {
    console.error(error.message);
    console.log('\n0 passed, 1 failed, 0 skipped');
    process.exit(1);
  }
  await prepareLivekit();
  process.env.VOICE_MODELS_DIR ??= join(root, '.cache/voice');
  const fetchModels = join(root, 'dist/server/agent/offline/fetch-models.js');
  if (existsSync(fetchModels) && (await run([process.execPath, fetchModels])) !== 0) {
    console.error('The offline voice could not be fetched: the tests that need it will fail.');
  }
  console.log(`Prepared in ${seconds(began)} s; browser: ${process.env.CHROME_PATH}`);
}

/** Where no real server can be had, the tests that need one are left out and say so. */
async function prepareLivekit() {
  const users = ['conformance', 'e2e'];
  if (asked.length > 0 && !asked.some((name) => users.includes(name))) return;
  try {
    process.env.LIVEKIT_SERVER_BIN = await ensureLivekitServer(process.env, console.log);
    console.log(`Real LiveKit server: ${process.env.LIVEKIT_SERVER_BIN}`);
  } catch (error) {
    console.log(`The tests on a real LiveKit server are left out: ${error.message}`);
  }
}

/** A step with a report counts its tests; a check counts as one. A crash before the report is a failure. */
function count(name, step, code) {
  if (code !== 0) broken.push(name);
  const sum = step.report ? readReport(step.report) : null;
  if (!sum) {
    sums[code === 0 ? 'passed' : 'failed'] += 1;
    return;
  }
  sums.passed += sum.passed;
  sums.failed += sum.failed;
  sums.skipped += sum.skipped;
  if (code !== 0 && sum.failed === 0) sums.failed += 1;
}

function readReport(file) {
  if (!existsSync(file)) return null;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function seconds(began) {
  return ((Date.now() - began) / 1000).toFixed(1);
}
