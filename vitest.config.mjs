/**
 * The vitest projects. `e2e`, `spoken`, `abuse` and `waits` run on what `E2E_MEDIA` (embedded, livekit) and `E2E_DATABASE`
 * (pglite, postgres) choose; the others choose themselves.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testsThatStartSomething } from './test/support/starts-something.mjs';

const starting = testsThatStartSomething(fileURLToPath(new URL('.', import.meta.url)));

const elsewhere = [
  'test/e2e/**',
  'test/package/**',
  'test/conformance/**',
  'test/servers/**',
  'test/widget/**',
  'test/console/**',
  'test/bench/**',
  'test/abuse/**',
];

/** Calls with sentences to be understood: a very busy machine tears holes into voices. */
const spoken = [
  'test/e2e/spoken-call.test.ts',
  'test/e2e/conversation.test.ts',
  'test/e2e/spoken-ends.test.ts',
];
/** The agent worker by itself. */
const worker = ['typed-worker', 'worker-faults', 'mixed-providers', 'stranger'].map(
  (n) => `test/agent/${n}.test.ts`,
);
/** How soon the worker hears an interruption and the servers answer is measured: nothing else runs then. */
const measured = [
  'test/agent/spoken-worker.test.ts',
  'test/http/large-bodies.test.ts',
  'test/embedded/hostile.test.ts',
];
/** Agents of others, on both media servers by themselves. */
const foreign = ['test/e2e/foreign-agents.test.ts', 'test/e2e/own-agent.test.ts'];
/** What stands beside the product, or in front of media and database, or lives in the page: tried on what comes with it only. */
const once = [
  'examples',
  'behind-nginx',
  'own-pages',
  'refusals',
  'sdk-lifecycle',
  'fifty-calls',
].map((n) => `test/e2e/${n}.test.ts`);
/** Where SQL is what is tried, though the file does not choose its database: on PGlite in `integration`, and on PostgreSQL as well. */
const onPostgres = [
  'test/analysis/analysis.test.ts',
  ...[
    'call-record',
    'caller-reports',
    'live',
    'privacy',
    'transcripts',
    'transfers',
    'webhooks',
  ].map((n) => `test/http/${n}.test.ts`),
];
/** What mostly waits, and may do so beside everything else. */
const waits = ['test/e2e/expired-grant.test.ts', 'test/e2e/no-udp.test.ts'];

/** What one file has loaded and compiled, the next one of the same process has as well. */
const shared = { environment: 'node', isolate: false };

/** Each wait within has a bound of its own, and says what did not come. */
const patient = { testTimeout: 300_000, hookTimeout: 300_000 };

const inOrder = (name, include, exclude = []) => ({
  test: {
    ...shared,
    name,
    include,
    exclude,
    ...patient,
    fileParallelism: false,
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...elsewhere, ...starting],
          testTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          include: starting,
          exclude: [...elsewhere, ...worker, ...measured],
          ...patient,
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: 'on-postgres',
          include: onPostgres,
          globalSetup: ['test/support/shared-postgres.ts'],
          ...patient,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/package/pack.ts'],
          environment: 'node',
          ...patient,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          ...patient,
          maxWorkers: 1,
        },
      },
      inOrder('e2e', ['test/e2e/**/*.test.ts'], [...spoken, ...foreign, ...once, ...waits]),
      inOrder('worker', worker),
      inOrder('measured', measured),
      inOrder('spoken', spoken),
      inOrder('waits', waits),
      inOrder('foreign', foreign),
      inOrder('once', once),
      inOrder('abuse', ['test/abuse/**/*.test.ts']),
      {
        test: {
          ...inOrder('servers', ['test/servers/**/*.test.ts']).test,
          fileParallelism: true,
          maxWorkers: 2,
        },
      },
    ],
  },
});
