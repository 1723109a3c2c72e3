/**
 * `npm test`: fetches what the tests need, runs every check and every test, ends with one line of sums.
 * `node test/run.mjs unit e2e` runs only the named steps.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildBundles, buildCode } from '../server/start/build.mjs';
import { ensureLivekitServer } from '../server/start/livekit/livekit-server.mjs';
import { ensurePythonAgent } from './foreign/support/python-agent.mjs';
import { ensureChromium } from './support/chromium.mjs';
import { ensureNginx } from './support/nginx.mjs';
import { ensurePgliteTemplate } from './support/pglite-template.mjs';
import { ensurePostgres, findPostgres } from './support/postgres-server.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'node_modules/.cache/test-results');
const bin = (path) => [process.execPath, join(root, 'node_modules', path)];

const vitest = (project, { label = project, env = {}, more = [] } = {}) => ({
  label,
  env,
  command: [
    ...bin('vitest/vitest.mjs'),
    ...['run', '--project', project, '--reporter=default', '--reporter=json', ...more],
    `--outputFile.json=${join(results, `${label}.json`)}`,
  ],
  report: join(results, `${label}.json`),
});
/** In two runs, so that neither lane stands empty at the end. */
const halves = (project) =>
  [1, 2].map((half) =>
    vitest(project, { label: `${project}-${half}`, more: [`--shard=${half}/2`] }),
  );

/** The end-to-end tests on what production stands on; `E2E_MEDIA` and `E2E_DATABASE` choose for both runs when set. */
const production = { E2E_MEDIA: 'livekit', E2E_DATABASE: 'postgres' };
const isChosen = Boolean(process.env.E2E_MEDIA ?? process.env.E2E_DATABASE);
const onBoth = (project) => [
  ...(hasProduction() && !isChosen
    ? [vitest(project, { label: `${project}-production`, env: production })]
    : []),
  vitest(project),
];

const checks = {
  lint: { label: 'lint', command: [...bin('eslint/bin/eslint.js'), '.', '--max-warnings=0'] },
  types: { label: 'types', command: [...bin('typescript/bin/tsc'), '-b'] },
  format: {
    label: 'format',
    command: [...bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  },
};
const widget = {
  label: 'widget',
  command: [...bin('@web/test-runner/dist/bin.js')],
  report: join(results, 'widget.json'),
};
const alone = (run) => [{ lanes: 1, runs: [run] }];
const spare = (run) => ({ ...run, isSpare: true });
const asked = process.argv.slice(2);
const isWhole = asked.length === 0;

/**
 * One stage after the other; in each so many `lanes` at a time, in this order, and `beside` them what mostly waits or
 * takes only the processor's `spare` time.
 */
const steps = {
  checks: () => [{ lanes: 2, runs: Object.values(checks) }],
  unit: () => alone(vitest('unit')),
  widget: () => alone(widget),
  package: () => alone(vitest('package')),
  conformance: () => alone(vitest('conformance')),
  e2e: () => [
    {
      lanes: 1,
      runs: [vitest('foreign')],
      beside: [...onBoth('waits'), ...(isWhole ? Object.values(checks).map(spare) : [])],
    },
    { lanes: 2, runs: [...onBoth('e2e'), ...halves('servers'), vitest('examples')] },
  ],
  abuse: () => [{ lanes: 1, runs: onBoth('abuse') }],
  // A busy machine tears voices and hears an interruption late: where speech is measured nothing else is done.
  spoken: () => [{ lanes: 1, runs: [vitest('worker'), ...onBoth('spoken')] }],
};
/** The checks are part of `e2e` when all is asked for. */
const everything = Object.keys(steps).filter((name) => name !== 'checks');
for (const [name, check] of Object.entries(checks)) steps[name] = () => alone(check);

const unknown = asked.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`Unknown step ${unknown.join(', ')}: use ${Object.keys(steps).join(', ')}.`);
  process.exit(1);
}

const sums = { passed: 0, failed: 0, skipped: 0 };
const broken = [];
const failures = [];
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await prepare();
for (const name of isWhole ? everything : asked) {
  const began = Date.now();
  console.log(`\n── ${name} ──`);
  const isGood = await runStages(name, steps[name]());
  console.log(`── ${name}: ${isGood ? 'ok' : 'FAILED'} (${seconds(began)} s)`);
}
// Again at the end, where somebody looks who sees only the last lines.
for (const { label, name, why } of failures) {
  const lines = why.split('\n').filter((line) => !line.includes('/node_modules/'));
  console.log(`\n✗ ${label}: ${name}\n  ${lines.slice(0, 6).join('\n  ')}`);
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
    if (isNeededBy(['unit', 'e2e', 'abuse', 'spoken'])) await ensurePgliteTemplate();
  } catch (error) {
    console.error(error.message);
    console.log('\n0 passed, 1 failed, 0 skipped');
    process.exit(1);
  }
  await prepareFor(['conformance', 'e2e', 'abuse', 'spoken'], 'a real LiveKit server', async () => {
    process.env.LIVEKIT_SERVER_BIN = await ensureLivekitServer(process.env, console.log);
    return process.env.LIVEKIT_SERVER_BIN;
  });
  await prepareFor(['unit', 'e2e', 'abuse', 'spoken'], 'PostgreSQL', () =>
    ensurePostgres(console.log),
  );
  await prepareFor(['e2e'], 'nginx', () => ensureNginx(console.log));
  await prepareFor(['e2e'], 'a Python agent', () => ensurePythonAgent(console.log));
  process.env.VOICE_MODELS_DIR ??= join(root, '.cache/voice');
  const fetchModels = join(root, 'dist/server/agent/offline/fetch-models.js');
  if (existsSync(fetchModels) && (await run([process.execPath, fetchModels])) !== 0) {
    console.error('The offline voice could not be fetched: the tests that need it will fail.');
  }
  console.log(`Prepared in ${seconds(began)} s; browser: ${process.env.CHROME_PATH}`);
}

/** What cannot be had on this machine is told in a line, and the tests that need it are left out. */
async function prepareFor(users, what, ensure) {
  if (!isNeededBy(users)) return;
  try {
    console.log(`Found ${what}: ${await ensure()}`);
  } catch (error) {
    console.log(`The tests with ${what} are left out: ${error.message}`);
  }
}

function isNeededBy(users) {
  return isWhole || asked.some((name) => users.includes(name));
}

function hasProduction() {
  return Boolean(process.env.LIVEKIT_SERVER_BIN && findPostgres());
}

/** Whether every run of every stage was good. */
async function runStages(name, stages) {
  const codes = [];
  const one = async (part) => {
    const began = Date.now();
    const code = await run(part.command, part);
    count(part, code);
    console.log(`── ${name}: ${part.label} ${code === 0 ? 'ok' : 'FAILED'} (${seconds(began)} s)`);
    codes.push(code);
  };
  const lane = async (parts) => {
    for (let part = parts.shift(); part; part = parts.shift()) await one(part);
  };
  for (const { lanes, runs, beside = [] } of stages) {
    await Promise.all([...Array.from({ length: lanes }, () => lane(runs)), ...beside.map(one)]);
  }
  return codes.every((code) => code === 0);
}

/** A run with a report counts its tests; a check counts as one. A crash before the report is a failure. */
function count({ label, report }, code) {
  if (code !== 0) broken.push(label);
  const sum = report ? readReport(report) : null;
  if (!sum) {
    sums[code === 0 ? 'passed' : 'failed'] += 1;
    return;
  }
  sums.passed += sum.passed;
  sums.failed += sum.failed;
  sums.skipped += sum.skipped;
  failures.push(...sum.failures.map((failure) => ({ label, ...failure })));
  if (code !== 0 && sum.failed === 0) sums.failed += 1;
}

function readReport(file) {
  if (!existsSync(file)) return null;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    failures: report.failures ?? (report.testResults ?? []).flatMap(failuresOf),
  };
}

/** A file that failed as a whole has a message of its own. */
function failuresOf({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0 && message) return [{ name, why: message }];
  return failed.map(({ fullName, failureMessages }) => ({
    name: fullName,
    why: failureMessages[0] ?? '',
  }));
}

function run([command, ...args], { label = '', env = {}, isSpare = false } = {}) {
  return new Promise((resolve) => {
    const output = label ? 'pipe' : 'inherit';
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output],
    });
    if (isSpare && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => show(label, line));
    }
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** The native client of the tests prints a line of its own for each connection; nobody reads them. */
function show(label, line) {
  if (!line.includes('"name":"lk-rtc"')) console.log(`${label} │ ${line}`);
}

function seconds(began) {
  return ((Date.now() - began) / 1000).toFixed(1);
}
