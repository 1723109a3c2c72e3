/** The process behind `npm start`, once the code is built: environment in, the processes up, graceful end. */
import { fileURLToPath } from 'node:url';
import { announcement, keyLines, startLine } from './announce.js';
import { prepare } from './prepare.js';
import { StartError } from './start-error.js';
import type { StartSettings } from './start-settings.js';
import { ownAddress, Supervisor } from './supervisor.js';
import { ensureVoiceModels } from './voice-models.js';
import { tellWaiting } from './waiting.js';

const ownCode = fileURLToPath(new URL('..', import.meta.url));

/** What the bootstrap hands over. */
export interface StartOptions {
  /** When the command began, for the ready line. */
  began: number;
  /** The bundles, perhaps still being made. */
  bundles: Promise<void>;
  /** What stands behind `npm start --`. */
  args?: readonly string[];
  /** The folder of the compiled server; another one in tests. */
  code?: string;
}

/** Runs until a signal; exits with 1 and a sentence a fault when it cannot. */
export async function main({
  began,
  bundles,
  args = [],
  code = ownCode,
}: StartOptions): Promise<void> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const starting = new AbortController();
  const { signal } = starting;
  let giveBack = (): void => undefined;
  let supervisor: Supervisor | null = null;
  let ending: Promise<void> | null = null;

  const end = (faults: readonly unknown[]): Promise<void> =>
    (ending ??= (async () => {
      starting.abort();
      await supervisor?.stop();
      giveBack();
      // Last, whatever the processes had to say on their way out.
      for (const fault of faults)
        console.error(fault instanceof StartError ? fault.message : fault);
      process.exit(faults.length > 0 ? 1 : 0);
    })());
  const fail = (...faults: unknown[]): void => void end(faults);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!ending) console.log('\nEnding calls and stopping …');
      void end([]);
    });
  }

  try {
    const prepared = await prepare(process.env, root, args);
    const { settings, faults } = prepared;
    giveBack = prepared.giveBack;
    if (faults.length > 0) {
      fail(...faults);
      return;
    }
    say(startLine(settings));
    supervisor = new Supervisor({
      settings,
      env: process.env,
      code,
      say,
      onFault: fail,
      onFirstRun: (made) => keyLines(made).forEach(say),
    });
    const running = supervisor;
    const awaited = (): string[] => running.awaited;
    void tellWaiting({ awaited, server: ownAddress(settings), say, signal });
    const bundled = bundles.catch((error: unknown) => {
      throw StartError.bundleFailed(error);
    });
    const [server] = await Promise.all([running.start(voiceOf(settings, code, signal)), bundled]);
    starting.abort();
    const seconds = (Date.now() - began) / 1000;
    announcement(server, settings, seconds).forEach(say);
  } catch (error) {
    fail(error);
  }
}

/** Calls can do without the offline voice where a provider hears and speaks. */
async function voiceOf(settings: StartSettings, code: string, signal: AbortSignal): Promise<void> {
  if (settings.agentWorker === 'none') return;
  const program = `${code}/agent/offline/fetch-models.js`;
  const env = { ...process.env, VOICE_MODELS_DIR: settings.voiceModelsDir };
  try {
    await ensureVoiceModels({ program, env, say, signal });
  } catch (error) {
    if (!settings.hasProvider || !(error instanceof StartError)) throw error;
    say(`${error.message} Until then only calls that providers hear and speak are answered.`);
  }
}

function say(line: string): void {
  console.log(line);
}
