/** The process behind `npm start`, once the code is built: environment in, the processes up, graceful end. */
import { fileURLToPath } from 'node:url';
import { announcement, startLine } from './announce.js';
import { takeDataFolder } from './data-folder.js';
import { endWithAncestors } from './end-with-ancestors.js';
import { assertPortFree } from './port-free.js';
import { StartError } from './start-error.js';
import { readStartSettings } from './start-settings.js';
import { Supervisor } from './supervisor.js';
import { ensureVoiceModels } from './voice-models.js';

const ownCode = fileURLToPath(new URL('..', import.meta.url));

/** What the bootstrap hands over. */
export interface StartOptions {
  /** When the command began, for the ready line. */
  began: number;
  /** The bundles, perhaps still being made. */
  bundles: Promise<void>;
  /** The folder of the compiled server; another one in tests. */
  code?: string;
}

/** Runs until a signal; exits with 1 and one sentence when it cannot. */
export async function main({ began, bundles, code = ownCode }: StartOptions): Promise<void> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  let giveBack = (): void => undefined;
  let supervisor: Supervisor | null = null;
  let ending: Promise<void> | null = null;

  const end = (code: number): Promise<void> =>
    (ending ??= (async () => {
      await supervisor?.stop();
      giveBack();
      process.exit(code);
    })());
  const fail = (error: unknown): void => {
    if (ending) return;
    console.error(error instanceof StartError ? error.message : error);
    void end(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!ending) console.log('\nEnding calls and stopping …');
      void end(0);
    });
  }
  if (process.env.npm_lifecycle_event) endWithAncestors(() => void end(0));

  try {
    const settings = readStartSettings(process.env, root);
    giveBack = takeDataFolder(settings.dataDir);
    await assertPortFree('PORT', settings.host, settings.port);
    if (settings.media === 'embedded') {
      await assertPortFree('EMBEDDED_PORT', settings.embeddedHost, settings.embeddedPort);
    }
    const say = (line: string): void => {
      console.log(line);
    };
    say(startLine(settings));
    supervisor = new Supervisor({ settings, env: process.env, code, say, onFault: fail });
    const env = { ...process.env, VOICE_MODELS_DIR: settings.voiceModelsDir };
    const voice =
      settings.agentWorker === 'own'
        ? ensureVoiceModels(`${code}/agent/offline/fetch-models.js`, env, say)
        : Promise.resolve();
    const bundled = bundles.catch((error: unknown) => {
      throw StartError.bundleFailed(error);
    });
    const [server] = await Promise.all([supervisor.start(voice), bundled]);
    const seconds = (Date.now() - began) / 1000;
    for (const line of announcement(server, settings, seconds)) console.log(line);
  } catch (error) {
    fail(error);
  }
}
