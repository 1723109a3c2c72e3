/** A Go module of the module proxy as a copy that can be changed, and its tests as programs. */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findGo } from '../../../scripts/livekit/build-with-go.mjs';
import { lastLine, runCommand } from './run-command.mjs';

/** Answers the folder of a fresh copy. Throws one sentence when it cannot be had. */
export async function copyModule(name, version, target) {
  const go = findGo(process.env);
  if (!go) throw new Error('Go is not installed');
  const { code, output } = await runCommand(go, ['mod', 'download', '-json', `${name}@${version}`]);
  if (code !== 0) throw new Error(`${name} could not be fetched: ${lastLine(output)}`);
  const from = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)).Dir;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(from, target, { recursive: true });
  // The module cache is read-only.
  execFileSync('chmod', ['-R', 'u+w', target]);
  return target;
}

/** Replaces texts in the Go files of one folder; throws when one of them is nowhere. */
export function replaceInFolder(folder, replacements) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.go'));
  const missing = new Set(replacements.map(([from]) => from));
  for (const name of files) {
    let text = readFileSync(join(folder, name), 'utf8');
    for (const [from, to] of replacements) {
      if (!text.includes(from)) continue;
      missing.delete(from);
      text = text.replaceAll(from, to);
    }
    writeFileSync(join(folder, name), text);
  }
  if (missing.size > 0) throw new Error(`${[...missing].join(', ')}: not in ${folder} any more`);
}

/** Compiles the tests of a folder; answers `run(test, env, limitMs)`, which answers outcomes by name. */
export async function compileTests(folder) {
  const program = join(folder, 'suite.test');
  const go = findGo(process.env);
  const { code, output } = await runCommand(go, ['test', '-c', '-o', program, '.'], {
    cwd: folder,
    env: { GOFLAGS: '-mod=mod' },
  });
  if (code !== 0) throw new Error(`its tests could not be compiled: ${lastLine(output)}`);
  return async (test, env, limitMs) => {
    // One process a test: a client that cannot connect ends all of it.
    const args = ['-test.v', `-test.run=^${test}$`];
    const ran = await runCommand(program, args, { cwd: folder, env, limitMs });
    return readGoOutput(test, ran.output, ran.code === 0);
  };
}

/** The outermost tests of which the named ones are a part: only these can be run by themselves. */
export function outermost(names) {
  return new Set(names.map((name) => name.split('/')[0]));
}

function readGoOutput(test, output, isGood) {
  const outcomes = {};
  const words = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' };
  for (const [, word, name] of output.matchAll(/^\s*--- (PASS|FAIL|SKIP): (\S+)/gm)) {
    outcomes[name] = { outcome: words[word], why: whyOf(output, name) };
  }
  if (!isGood) outcomes[test] = { outcome: 'failed', why: whyOf(output, test) };
  return outcomes;
}

/** What stands between a test's beginning and the next one's. */
function whyOf(output, name) {
  const [, ...parts] = output.split(/^=== RUN +/m);
  const part = parts.find((one) => one.split(/\s/, 1)[0] === name) ?? output;
  const said = /did not reach expected state.*|panic: .*|Error:\s+(.*\n\s+.*)/.exec(part);
  return (said?.[1] ?? said?.[0] ?? lastLine(part)).replace(/\s+/g, ' ').trim();
}
