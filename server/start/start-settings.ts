/** Reads what the start command itself needs from the environment. */
import { resolve } from 'node:path';
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
  /** Absolute. */
  voiceModelsDir: string;
  /** `embedded`: no LIVEKIT_* is set, so the built-in media server runs. */
  media: 'embedded' | 'external';
  /** LiveKit's name of the worker that answers calls: the same word for server and worker. */
  agentName: string;
  /** `none`: somebody else's worker answers the calls, and ours is not started. */
  agentWorker: 'own' | 'none';
}

const livekitNames = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const;

/** Throws a `StartError` for a half-set LiveKit or a port that is none. */
export function readStartSettings(env: Environment, root: string): StartSettings {
  const missing = livekitNames.filter((name) => !env[name]);
  if (missing.length > 0 && missing.length < livekitNames.length) {
    throw StartError.livekitHalfSet(missing);
  }
  return {
    host: env.HOST || '127.0.0.1',
    port: readPort(env, 'PORT', 8787),
    embeddedHost: env.EMBEDDED_HOST || '127.0.0.1',
    embeddedPort: readPort(env, 'EMBEDDED_PORT', 7880),
    dataDir: resolve(root, env.DATA_DIR || '.data'),
    voiceModelsDir: resolve(root, env.VOICE_MODELS_DIR || '.cache/voice'),
    media: missing.length === 0 ? 'external' : 'embedded',
    agentName: env.AGENT_NAME?.trim() || 'dialnexa',
    agentWorker: readWorker(env.AGENT_WORKER),
  };
}

function readWorker(value: string | undefined): StartSettings['agentWorker'] {
  const word = value?.trim() || 'own';
  if (word === 'own' || word === 'none') return word;
  throw StartError.workerInvalid(word);
}

function readPort(env: Environment, name: string, fallback: number): number {
  const value = env[name];
  if (!value) return fallback;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw StartError.portInvalid(name, value);
  return port;
}
