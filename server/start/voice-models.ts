/** Makes sure that the weights of the offline voice are on the disk, by the voice's own program. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { StartError } from './start-error.js';

/** Runs the fetching program; it is quick when everything is there. */
export async function ensureVoiceModels(
  program: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<void> {
  if (!existsSync(program)) return;
  const output: string[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) say(line);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output.push(chunk.toString());
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw StartError.voiceModelsMissing(
      output.join('').trim().split('\n').at(-1) ?? 'no reason given',
    );
  }
}
