/** Runs the server, the media server and the agent worker as one thing that starts and ends together. */
import { join } from 'node:path';
import type { FirstRun, ReadyMessage } from './child-message.js';
import { livekitKeys } from './livekit-keys.js';
import { ProcessLog } from './process-log.js';
import type { StartError } from './start-error.js';
import type { StartSettings } from './start-settings.js';
import { SupervisedProcess } from './supervised-process.js';

/** Hosts that mean every address of the machine. */
const EVERY_ADDRESS = ['0.0.0.0', '::', '[::]'];

/** What the supervisor is given; it reads nothing of its environment itself. */
export interface SupervisorOptions {
  settings: StartSettings;
  env: NodeJS.ProcessEnv;
  /** The folder of the compiled code, `dist/server`. */
  code: string;
  say: (line: string) => void;
  onFault: (error: StartError) => void;
  /** What the first run made, as soon as it is made. */
  onFirstRun: (made: FirstRun) => void;
}

/** Up to three processes, started side by side; the server is stopped before or after the agent. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #logs: ProcessLog[] = [];
  readonly #server: SupervisedProcess;
  readonly #agent: SupervisedProcess | null;
  readonly #embedded: SupervisedProcess | null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    const env = sharedEnvironment(options);
    this.#server = this.#plan('server', 'main.js', env);
    this.#agent =
      options.settings.agentWorker === 'own' ? this.#plan('agent', 'agent/main.js', env) : null;
    this.#embedded =
      options.settings.media === 'embedded'
        ? this.#plan('embedded', 'embedded/main.js', env)
        : null;
  }

  /** The processes that run and are not ready. */
  get awaited(): string[] {
    const all = { server: this.#server, 'media server': this.#embedded, agent: this.#agent };
    return Object.entries(all).flatMap(([name, process]) => (process?.isAwaited ? [name] : []));
  }

  /** Starts the server and the media server now, the agent when its voice is there. */
  async start(voice: Promise<void>): Promise<ReadyMessage> {
    const agent = voice.then(() => this.#agent?.start());
    const [server] = await Promise.all([this.#server.start(), agent, this.#embedded?.start()]);
    return server;
  }

  /**
   * With a media server of its own the server goes first, and closes every live call with the others there.
   * On somebody else's it may be one of many: only the calls of this worker end, and the worker tells how.
   */
  async stop(): Promise<void> {
    if (!this.#embedded) await this.#agent?.stop(1800);
    await this.#server.stop(this.#embedded ? 1800 : 900);
    await Promise.all([this.#agent?.stop(600), this.#embedded?.stop(400)]);
    for (const log of this.#logs) log.close();
  }

  #plan(name: string, main: string, env: NodeJS.ProcessEnv): SupervisedProcess {
    const { say, onFault, onFirstRun, settings, code } = this.#options;
    const log = new ProcessLog(join(settings.dataDir, 'logs', `${name}.log`), (line) => {
      say(`[${name}] ${line}`);
    });
    this.#logs.push(log);
    const onReady = ({ first_run }: ReadyMessage): void => {
      if (first_run) onFirstRun(first_run);
    };
    return new SupervisedProcess({ name, file: join(code, main), env, log, say, onFault, onReady });
  }
}

function sharedEnvironment({ settings, env }: SupervisorOptions): NodeJS.ProcessEnv {
  const server = ownAddress(settings);
  const shared: NodeJS.ProcessEnv = {
    ...env,
    HOST: settings.host,
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
    ...(settings.agentFile === null ? {} : { AGENT_FILE: settings.agentFile }),
    VOICE_MODELS_DIR: settings.voiceModelsDir,
    AGENT_NAME: settings.agentName,
    DIALNEXA_SERVER_URL: env.DIALNEXA_SERVER_URL || server,
  };
  if (settings.media === 'external') return shared;
  const keys = livekitKeys(settings.dataDir);
  return {
    ...shared,
    DIALNEXA_EMBEDDED: '1',
    EMBEDDED_HOST: settings.embeddedHost,
    EMBEDDED_PORT: String(settings.embeddedPort),
    EMBEDDED_WEBHOOK_URL: `${server}/livekit/webhook`,
    LIVEKIT_URL: `ws://${reachable(settings.embeddedHost)}:${String(settings.embeddedPort)}`,
    ...(settings.mediaPublicUrl ? { LIVEKIT_PUBLIC_URL: settings.mediaPublicUrl } : {}),
    LIVEKIT_API_KEY: keys.apiKey,
    LIVEKIT_API_SECRET: keys.apiSecret,
  };
}

/** Where the processes of this machine find the server. */
export function ownAddress({ host, port }: Pick<StartSettings, 'host' | 'port'>): string {
  return `http://${reachable(host)}:${String(port)}`;
}

/** Where the processes of this machine find what listens on `host`. */
function reachable(host: string): string {
  if (EVERY_ADDRESS.includes(host)) return '127.0.0.1';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
