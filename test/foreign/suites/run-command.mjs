/** Runs a program of a suite: with a time limit, and its output kept rather than shown. */
import { spawn } from 'node:child_process';

/**
 * Answers `{ code, output }`; `code` is `null` when it was ended because `limitMs` had passed. All that it has
 * started ends with it.
 */
export function runCommand(program, args, { cwd, env = {}, limitMs = 600_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => (output = (output + String(part)).slice(-4_000_000)));
    }
    const end = () => endGroup(child.pid);
    const timer = setTimeout(end, limitMs);
    process.once('exit', end);
    const settle = (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      end();
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      settle(1);
    });
    child.once('close', settle);
  });
}

/** Ends a process that was started `detached`, with its children. */
export function endGroup(pid) {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // They have ended by themselves.
  }
}

/** The last line that says something. */
export function lastLine(output) {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}
