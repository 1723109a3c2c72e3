/**
 * `npm test`: fetches what the tests need, runs every check and every test, ends with one line of sums.
 * `node test/run.mjs unit e2e` runs only the named steps. `node test/run.mjs conformance --foreign` runs LiveKit's own
 * suites instead, which `npm test` does not.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildBundles, buildCode, buildPackage } from '../scripts/build.mjs';
import { ensureLivekitServer } from '../scripts/livekit/livekit-server.mjs';
import { runSuites } from './foreign/suites/run-suites.mjs';
import { ensurePythonAgent } from './foreign/support/python-agent.mjs';
import { ensureProjects } from './package/ensure-projects.mjs';
import { ensureChromium } from './support/chromium.mjs';
import { ensureNginx } from './support/nginx.mjs';
import { ensurePgliteTemplate } from './support/pglite-template.mjs';
import { ensurePostgres, findPostgres } from './support/postgres-server.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'node_modules/.cache/test-results');
const bin = (path) => [process.execPath, join(root, 'node_modules', path)];

const vitest = (project, { label = project, env = {} } = {}) => {
  const report = join(results, `${label}.json`);
  return {
    label,
    env: { ...env, TEST_SUMS: report },
    command: [
      ...bin('vitest/vitest.mjs'),
      ...['run', '--project', project, '--reporter=default'],
      `--reporter=${join(root, 'test/support/sums-reporter.mjs')}`,
    ],
    report,
  };
};
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
  unused: { label: 'unused', command: [...bin('knip/bin/knip.js')] },
  lint: { label: 'lint', command: [...bin('eslint/bin/eslint.js'), '.', '--max-warnings=0'] },
  types: { label: 'types', command: [process.execPath, join(root, 'scripts/compile.mjs')] },
  format: {
    label: 'format',
    command: [...bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  },
  docs: {
    label: 'docs',
    command: [process.execPath, join(root, 'scripts/docs/write-docs.mjs'), '--check'],
  },
};
/** What has passed is not looked at again: by itself, not by what it imports, so that `npm test` knows better. */
const remembered = (check) => ({
  ...check,
  command: [
    ...check.command,
    ...['--cache', '--cache-strategy', 'content'],
    ...['--cache-location', join(root, 'node_modules/.cache', check.label)],
  ],
});
const widget = {
  label: 'widget',
  command: [...bin('@web/test-runner/dist/bin.js')],
  report: join(results, 'widget.json'),
};
const alone = (...runs) => [{ lanes: 1, runs }];
/** Of a processor that others want, a tenth of what they get. */
const UNHURRIED = 10;
/** Takes what time the others leave: what computes and waits for nothing makes nobody late who does. */
const unhurried = (run) => ({ ...run, priority: UNHURRIED });
const [asked, suites] = untilForeign(process.argv.slice(2));
const isWhole = asked.length === 0;

/**
 * What calls, and starts what it calls: one after the other, since two products that start beside each other are too late for
 * their callers.
 */
const calling = () => [
  ...onBoth('e2e'),
  vitest('once'),
  vitest('foreign'),
  ...onBoth('abuse'),
  vitest('servers'),
];
/** What mostly waits, and so goes beside everything else. */
const waiting = () => onBoth('waits');
/** What mostly computes, the soonest told first. */
const computing = () =>
  [...Object.values(checks), vitest('unit'), vitest('integration'), vitest('on-postgres')].map(
    unhurried,
  );
/** A busy machine tears voices, and is late to begin a call: where calls are spoken nothing is done but that. */
const calm = () => alone(vitest('measured'), vitest('worker'), ...onBoth('spoken'));

/** One stage after the other; in each so many `lanes` at a time, in this order, and `beside` them one more for each list. */
const steps = {
  quick: () => [
    {
      lanes: 2,
      runs: [
        vitest('unit'),
        remembered(checks.lint),
        checks.types,
        remembered(checks.format),
        checks.docs,
        checks.unused,
      ],
    },
  ],
  unit: () => alone(vitest('unit')),
  integration: () => alone(vitest('integration'), vitest('on-postgres')),
  widget: () => alone(widget),
  package: () => alone(vitest('package')),
  conformance: () => alone(vitest('conformance')),
  e2e: () => [{ lanes: 1, runs: calling(), beside: [waiting()] }],
  abuse: () => alone(...onBoth('abuse')),
  spoken: calm,
};
for (const [name, check] of Object.entries(checks)) steps[name] = () => alone(check);
steps.lint = () => alone(checks.unused, checks.lint);

/** The widget's keys go where the focus is: those of a test that is too late would come into the next one. */
const whole = () => [
  {
    lanes: 1,
    runs: [widget, vitest('conformance'), ...calling(), vitest('package')],
    beside: [waiting(), computing()],
  },
  ...calm(),
];

if (suites) {
  await buildCode(console.log);
  process.exit(await runSuites(suites));
}

const unknown = asked.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`Unknown step ${unknown.join(', ')}: use ${Object.keys(steps).join(', ')}.`);
  process.exit(1);
}

const sums = { passed: 0, failed: 0, skipped: 0 };
const broken = [];
const failures = [];
const skipped = [];
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** What runs in a session of its own, which nobody ends who ends this one. */
const apart = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  for (const pid of apart) {
    try {
      process.kill(-pid);
    } catch {
      // It has just ended.
    }
  }
});

await prepare();
for (const [name, stages] of isWhole
  ? [['all', whole]]
  : asked.map((step) => [step, steps[step]])) {
  const began = Date.now();
  console.log(`\n── ${name} ──`);
  const isGood = await runStages(name, stages());
  console.log(`── ${name}: ${isGood ? 'ok' : 'FAILED'} (${seconds(began)} s)`);
}
// Again at the end, where somebody looks who sees only the last lines.
for (const { label, name, why } of failures) {
  const lines = why.split('\n').filter((line) => !line.includes('/node_modules/'));
  console.log(`\n✗ ${label}: ${name}\n  ${lines.slice(0, 6).join('\n  ')}`);
}
if (skipped.length > 0) console.log(`\nSkipped:\n  ${skipped.slice(0, 20).join('\n  ')}`);
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(`\n${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped`);
process.exit(sums.failed > 0 || broken.length > 0 ? 1 : 0);

/** Together, since most of it is fetched or built by others; what a step does not need is not waited for. */
async function prepare() {
  const began = Date.now();
  const product = ['integration', 'conformance', 'e2e', 'abuse', 'spoken'];
  const database = product.filter((name) => name !== 'conformance');
  try {
    const fetched = [
      prepareFor(product, 'a real LiveKit server', async () => {
        process.env.LIVEKIT_SERVER_BIN = await ensureLivekitServer(process.env, console.log);
        return process.env.LIVEKIT_SERVER_BIN;
      }),
      prepareFor(['e2e'], 'a Python agent', () => ensurePythonAgent(console.log)),
    ];
    if (isNeededBy(['package'])) fetched.push(ensureProjects(console.log));
    await buildCode(console.log);
    // All of it before the first test: a build writes over what the product beside it loads.
    if (isNeededBy(['package', 'e2e'])) await buildPackage(console.log);
    if (isNeededBy([...product, 'widget', 'package'])) {
      fetched.push(fetchVoice());
      await buildBundles(console.log);
      process.env.CHROME_PATH = ensureChromium(console.log);
    }
    if (isNeededBy(database)) await ensurePgliteTemplate();
    await prepareFor(database, 'PostgreSQL', () => ensurePostgres(console.log));
    await prepareFor(['e2e'], 'nginx', () => ensureNginx(console.log));
    await Promise.all(fetched);
  } catch (error) {
    console.error(error.message);
    console.log('\n0 passed, 1 failed, 0 skipped');
    process.exit(1);
  }
  const browser = process.env.CHROME_PATH ? `; browser: ${process.env.CHROME_PATH}` : '';
  console.log(`Prepared in ${seconds(began)} s${browser}`);
}

async function fetchVoice() {
  process.env.VOICE_MODELS_DIR ??= join(root, '.cache/voice');
  const fetchModels = join(root, 'dist/server/agent/offline/fetch-models.js');
  if (existsSync(fetchModels) && (await run([process.execPath, fetchModels])) !== 0) {
    console.error('The offline voice could not be fetched: the tests that need it will fail.');
  }
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
    await Promise.all([...Array.from({ length: lanes }, () => lane(runs)), ...beside.map(lane)]);
  }
  return codes.every((code) => code === 0);
}

/** A run with a report counts its tests; a check counts as one. A crash before the report is a failure. */
function count({ label, report }, code) {
  if (code !== 0) broken.push(label);
  const sum = report && existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  if (!sum) {
    sums[code === 0 ? 'passed' : 'failed'] += 1;
    return;
  }
  sums.passed += sum.passed;
  sums.failed += sum.failed;
  sums.skipped += sum.skipped.length;
  failures.push(...sum.failures.map((failure) => ({ label, ...failure })));
  skipped.push(...sum.skipped.map((name) => `${label}: ${name}`));
  if (code !== 0 && sum.failed === 0) sums.failed += 1;
}

function run([command, ...args], { label = '', env = {}, priority = 0 } = {}) {
  return new Promise((resolve) => {
    const output = label ? 'pipe' : 'inherit';
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output],
      detached: priority !== 0,
    });
    if (priority !== 0 && child.pid) giveWay(child, priority);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => show(label, line));
    }
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Linux may share a processor out among sessions before it does among the processes of each, so that a priority counts for
 * nothing beside a browser, which has a session of its own: so has what gives way, and the session gives way.
 */
function giveWay(child, priority) {
  setPriority(child.pid, priority);
  apart.add(child.pid);
  child.once('close', () => apart.delete(child.pid));
  try {
    writeFileSync(`/proc/${child.pid}/autogroup`, String(priority));
  } catch {
    // Nothing is shared out by sessions here.
  }
}

/** The native client of the tests prints a line of its own for each connection; nobody reads them. */
function show(label, line) {
  if (!line.includes('"name":"lk-rtc"')) console.log(`${label} │ ${line}`);
}

function seconds(began) {
  return ((Date.now() - began) / 1000).toFixed(1);
}

/** The steps, and the suites that are named after `--foreign`. */
function untilForeign(words) {
  const at = words.indexOf('--foreign');
  return at < 0 ? [words, null] : [words.slice(0, at), words.slice(at + 1)];
}
