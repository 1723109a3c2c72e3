/** Runs the start command with three small stand-ins for the real processes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '../support/free-port.mjs';

const main = new URL('../../dist/server/start/main.js', import.meta.url).href;

/** Says that it is ready and ends on a signal or without its parent, as the real ones do. */
export const goodProcess = `
  import { createServer } from 'node:http';
  const say = process.env.STAND_IN_READY ? JSON.parse(process.env.STAND_IN_READY) : {};
  createServer().listen(0, '127.0.0.1', () => process.send({ type: 'ready', ...say }));
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
`;

/** A start command under test. */
export interface StartCommand {
  child: ChildProcess;
  dataDir: string;
  /** Everything printed so far. */
  output: () => string;
  ended: Promise<number | null>;
}

const processes = ['main', 'agent/main', 'embedded/main'] as const;
/** The programs of the start command, by the name of their file. */
export type Mains = Partial<
  Record<(typeof processes)[number] | 'agent/offline/fetch-models', string>
>;

/** Starts it with the given stand-ins; the missing ones are good. */
export async function startCommand(
  mains: Mains = {},
  env: Record<string, string> = {},
  prepare: (dataDir: string) => void = () => undefined,
  args: readonly string[] = [],
): Promise<StartCommand> {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  const code = join(folder, 'code');
  const good = Object.fromEntries(processes.map((name) => [name, goodProcess]));
  for (const [name, text] of Object.entries({ ...good, ...mains })) {
    mkdirSync(dirname(join(code, name)), { recursive: true });
    writeFileSync(join(code, `${name}.js`), text);
  }
  writeFileSync(join(code, 'package.json'), '{"type":"module"}');
  const dataDir = join(folder, 'data');
  prepare(dataDir);
  const script = `import(${JSON.stringify(main)}).then(({ main }) => main({
    began: Date.now(), bundles: Promise.resolve(), args: ${JSON.stringify(args)}, code: ${JSON.stringify(code)} }))`;
  const child = spawn(process.execPath, ['-e', script, 'start.mjs'], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
      EMBEDDED_PORT: String(await freePort()),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: pathToFileURL(folder).pathname,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, dataDir, output: () => output, ended };
}
