/** Reads what the start command itself needs from the environment. */
import { resolve } from 'node:path';
import { readProviderKeys } from '../environment/provider-keys.js';
import { mediaPublicUrl } from './media-public-url.js';
import { StartError } from './start-error.js';

/** The environment as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the start command needs to know; everything else is passed on unread. */
export interface StartSettings {
  host: string;
  port: number;
  embeddedHost: string;
  embeddedPort: number;
  /** Absolute. */
  dataDir: string;
  /** The agent's Markdown file; absolute. */
  agentFile: string | null;
  /** Absolute. */
  voiceModelsDir: string;
  /** `embedded`: no LIVEKIT_* is set, so the built-in media server runs. */
  media: 'embedded' | 'external';
  /** Where browsers find the built-in media server; `null`: where this machine does. */
  mediaPublicUrl: string | null;
  /** LiveKit's name of the worker that answers calls: the same word for server and worker. */
  agentName: string;
  /** `none`: somebody else's worker answers the calls, and ours is not started. */
  agentWorker: 'own' | 'none';
  /** A key of a speech or language provider is set: calls can do without the offline voice. */
  hasProvider: boolean;
}

const livekitNames = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const;
/** The settings, and everything that is wrong with them: a faulty one has its default value. */
export interface ReadSettings {
  settings: StartSettings;
  faults: StartError[];
}

/** Never throws, so that one start tells every fault. */
export function readStartSettings(
  env: Environment,
  root: string,
  args: readonly string[] = [],
): ReadSettings {
  const faults: StartError[] = [];
  const missing = livekitNames.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < livekitNames.length) {
    faults.push(StartError.livekitHalfSet(missing));
  }
  const media = missing.length === livekitNames.length ? 'embedded' : 'external';
  const settings: StartSettings = {
    host: env.HOST || '127.0.0.1',
    port: readPort(env, 'PORT', 8787, faults),
    embeddedHost: env.EMBEDDED_HOST || '127.0.0.1',
    embeddedPort: readPort(env, 'EMBEDDED_PORT', 7880, faults),
    dataDir: resolve(root, env.DATA_DIR || '.data'),
    agentFile: agentFileOf(env, args, faults),
    voiceModelsDir: resolve(root, env.VOICE_MODELS_DIR || '.cache/voice'),
    media,
    mediaPublicUrl: media === 'embedded' ? mediaPublicUrl(env, faults) : null,
    agentName: env.AGENT_NAME?.trim() || 'dialnexa',
    agentWorker: readWorker(env.AGENT_WORKER, faults),
    hasProvider: Object.keys(readProviderKeys(env)).length > 0,
  };
  return { settings, faults };
}

/** Seen from where the user is: npm goes to the folder of the package first. */
function agentFileOf(
  env: Environment,
  args: readonly string[],
  faults: StartError[],
): string | null {
  const [option = '', next, ...others] = args;
  const [name, inline] = option.split(/=(.*)/s);
  const given = inline ?? next;
  const isKnown =
    name === '--agent' && given && (inline === undefined ? others : args.slice(1)).length === 0;
  if (args.length > 0 && !isKnown) faults.push(StartError.argumentsUnknown(args));
  const file = isKnown ? given : env.AGENT_FILE?.trim();
  return file ? resolve(env.INIT_CWD ?? '', file) : null;
}

function readWorker(value: string | undefined, faults: StartError[]): StartSettings['agentWorker'] {
  const word = value?.trim() || 'own';
  if (word === 'own' || word === 'none') return word;
  faults.push(StartError.workerInvalid(word));
  return 'own';
}

function readPort(env: Environment, name: string, fallback: number, faults: StartError[]): number {
  const value = env[name];
  if (!value) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  faults.push(StartError.portInvalid(name, value));
  return fallback;
}
