/** Writes what `test/run.mjs` adds up, and each failure with its reason: also that of a hook, or of nobody's test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A Vitest reporter; the environment's `TEST_SUMS` names its file. */
export default class SumsReporter {
  onTestRunEnd(modules, unhandled) {
    const file = process.env.TEST_SUMS;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(sumsOf(modules, unhandled)));
  }
}

function sumsOf(modules, unhandled) {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state) => tests.filter((test) => test.result().state === state);
  const failedTests = inState('failed').map((test) => failure(test, test.result().errors));
  // What breaks in a hook leaves out the tests of its suite, and fails none of them.
  const failedSuites = modules
    .flatMap((module) => [module, ...module.children.allSuites()])
    .filter((suite) => suite.errors().length > 0)
    .map((suite) => failure(suite, suite.errors()));
  const nobodys = unhandled.map((error) => failure({ fullName: 'outside of the tests' }, [error]));
  const failures = [...failedTests, ...failedSuites, ...nobodys];
  return {
    passed: inState('passed').length,
    failed: failures.length,
    failures,
    skipped: inState('skipped').map(({ fullName }) => fullName),
  };
}

/** A file has no other name than its path. */
function failure({ fullName, moduleId }, [error]) {
  return { name: fullName ?? moduleId, why: error?.stack ?? error?.message ?? '' };
}
