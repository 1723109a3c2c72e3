/** Makes sure that the models of the offline agent are on the disk, by the program that fetches them. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { StartError } from './start-error.js';

/** How the fetching program runs. */
export interface VoiceFetch {
  /** Its compiled file; without it there is nothing to fetch. */
  program: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  /** Ends it together with what it started. */
  signal: AbortSignal;
}

/** Runs the fetching program; it is quick when everything is there. */
export async function ensureVoiceModels({ program, env, say, signal }: VoiceFetch): Promise<void> {
  if (!existsSync(program) || signal.aborted) return;
  const output: string[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    // A group of its own: npm is among what it starts.
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, [program], { env, detached: true, stdio });
    signal.addEventListener('abort', () => {
      if (child.pid && child.exitCode === null && child.signalCode === null) killGroup(child.pid);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) say(line);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output.push(chunk.toString());
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0 && !signal.aborted) {
    throw StartError.voiceModelsMissing(output.join('').trim().split('\n').at(-1) ?? '');
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // The group is gone already.
  }
}
