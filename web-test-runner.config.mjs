/** Runs the tests of the widget and of the console in a real Chromium with a fake microphone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter } from '@web/test-runner';
import { chromiumFlags, findChromium } from './test/support/chromium.mjs';

/** The strictest policy that a page with the element may have. */
const strictPolicy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src 'self' ws:; style-src 'none'";

/** Every test runs under it. */
function strictPages(context, next) {
  if (context.path === '/') context.set('content-security-policy', strictPolicy);
  return next();
}

/** `executeServerCommand('force-colors', true)`: as with the contrast themes of Windows, which no other command emulates. */
const forcedColors = {
  name: 'force-colors-command',
  async executeCommand({ command, payload, session }) {
    if (command !== 'force-colors') return undefined;
    const client = await session.browser.getPage(session.id).createCDPSession();
    const value = payload ? 'active' : 'none';
    await client.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'forced-colors', value }],
    });
    return true;
  },
};

const results = 'node_modules/.cache/test-results';

/** Writes the sums where `test/run.mjs` reads them. */
const sums = {
  stop({ sessions }) {
    const tests = [...sessions].flatMap((session) => testsIn(session.testResults));
    const failures = [
      ...tests
        .filter((test) => !test.passed && !test.skipped)
        .map((test) => ({ name: test.name, why: test.error?.message ?? '' })),
      ...[...sessions]
        .filter((session) => session.errors.length > 0)
        .map(({ testFile, errors }) => ({ name: testFile, why: errors[0].message ?? '' })),
    ];
    mkdirSync(results, { recursive: true });
    const report = {
      passed: tests.filter((test) => test.passed && !test.skipped).length,
      failed: failures.length,
      failures,
      skipped: tests.filter((test) => test.skipped).map(({ name }) => name),
    };
    writeFileSync(`${results}/widget.json`, JSON.stringify(report));
  },
};

function testsIn(suite) {
  if (!suite) return [];
  return [...suite.tests, ...suite.suites.flatMap(testsIn)];
}

export default {
  files: ['test/widget/**/*.test.ts', 'test/console/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development', 'browser'] },
  concurrency: 2,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: 60_000 } },
  browserStartTimeout: 60_000,
  middleware: [strictPages],
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'widget/tsconfig.json' }),
    forcedColors,
  ],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: findChromium() ?? undefined,
        args: [
          ...chromiumFlags,
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          '--autoplay-policy=no-user-gesture-required',
          // A mouse, which a machine without a screen has not.
          '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
        ],
      },
    }),
  ],
  reporters: [defaultReporter({ reportTestProgress: false }), sums],
};
