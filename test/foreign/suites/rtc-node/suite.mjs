/** The tests of @livekit/rtc-node that need a server, as they come with the installed package. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLine, runCommand } from '../run-command.mjs';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const config = fileURLToPath(new URL('vitest.config.mjs', import.meta.url));

export const rtcNode = {
  name: 'rtc-node',
  leftOut: {},
  prepare: async () => {
    const file = join(root, 'node_modules/@livekit/rtc-node/package.json');
    return `@livekit/rtc-node ${JSON.parse(readFileSync(file, 'utf8')).version}`;
  },
  run: async ({ env }, only) => {
    const folder = mkdtempSync(join(tmpdir(), 'rtc-node-'));
    const report = join(folder, 'report.json');
    const { output } = await runCommand(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        ...['run', '--config', config, '--reporter=json', `--outputFile=${report}`],
        ...(only ? ['-t', `^(${only.map(escape).join('|')})$`] : []),
      ],
      { cwd: root, env },
    );
    try {
      return readReport(JSON.parse(readFileSync(report, 'utf8')));
    } catch {
      throw new Error(`it left no report: ${lastLine(output)}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function readReport({ testResults }) {
  const outcomes = {};
  for (const { fullName, status, failureMessages } of testResults.flatMap(
    (file) => file.assertionResults,
  )) {
    if (!['passed', 'failed'].includes(status)) continue;
    outcomes[fullName] = { outcome: status, why: failureMessages[0]?.split('\n')[0] ?? '' };
  }
  return outcomes;
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
