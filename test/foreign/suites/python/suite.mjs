/** The tests that come with the source package of LiveKit's Python SDK, on the SDK as it is installed. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureVenv } from '../../support/python-venv.mjs';
import { lastLine, runCommand } from '../run-command.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const agentRequirements = fileURLToPath(
  new URL('../../python-agent/requirements.txt', import.meta.url),
);
const folder = fileURLToPath(new URL('../../../../.cache/suites/python', import.meta.url));
const files = ['test_audio.py', 'test_dc.py'];

export const pythonSdk = {
  name: 'python-sdk',
  leftOut: {
    'test_video.py, test_change_video_quality.py': 'video and simulcast',
    'test_e2ee_shared_key.py, test_e2ee_per_participant.py': 'encrypted video',
    'all others': 'they need no server',
  },
  prepare: async (say) => {
    const wanted = readFileSync(agentRequirements, 'utf8').match(/^livekit(-api)?==.*$/gm) ?? [];
    const tools = readFileSync(join(here, 'requirements.txt'), 'utf8').match(/^\w.*==.*$/gm) ?? [];
    const venv = join(folder, 'venv');
    await ensureVenv(venv, { packages: [...wanted, ...tools], check: 'import livekit.rtc', say });
    const version = wanted.map((line) => line.split('==')).find(([name]) => name === 'livekit')[1];
    await ensureSource(join(venv, 'bin/python'), version);
    return `livekit ${version}`;
  },
  run: async ({ env }, only) => {
    const report = join(folder, 'report.jsonl');
    rmSync(report, { force: true });
    const options = ['-p', 'report', '-p', 'no:cacheprovider', '-o', 'asyncio_mode=auto'];
    const { output } = await runCommand(
      join(folder, 'venv/bin/python'),
      ['-m', 'pytest', '-q', ...options, ...(only ?? files)],
      { cwd: testsFolder(), env: { ...env, PYTHONPATH: here, SUITE_REPORT: report } },
    );
    if (!existsSync(report)) throw new Error(`it left no report: ${lastLine(output)}`);
    const lines = readFileSync(report, 'utf8').trim().split('\n');
    return Object.fromEntries(
      lines.map((line) => {
        const { name, outcome, why } = JSON.parse(line);
        return [name, { outcome, why: why.split('\n')[0] }];
      }),
    );
  },
};

/** pip builds what describes the package before it hands out the source. */
async function ensureSource(python, version) {
  const source = join(folder, 'source');
  if (existsSync(join(source, `livekit-${version}`))) return;
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  const wanted = ['--no-deps', '--no-binary', 'livekit', '-d', source, `livekit==${version}`];
  const pip = await runCommand(python, ['-m', 'pip', 'download', '-q', ...wanted]);
  const archive = readdirSync(source).find((name) => name.endsWith('.tar.gz'));
  if (!archive) throw new Error(`its source could not be fetched: ${lastLine(pip.output)}`);
  const { code, output } = await runCommand('tar', ['xzf', archive], { cwd: source });
  if (code !== 0) throw new Error(`its source could not be unpacked: ${lastLine(output)}`);
}

function testsFolder() {
  const source = join(folder, 'source');
  const name = readdirSync(source).find((one) => /^livekit-[\d.]+$/.test(one));
  return join(source, name, 'tests');
}
