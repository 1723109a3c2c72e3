/** Finds a livekit-server: the one named, installed or cached; else downloads its release, else builds it. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWithGo, findGo } from './build-with-go.mjs';
import { withCacheLock } from './cache-lock.mjs';
import { downloadRelease } from './download-release.mjs';

/** The release that is downloaded or built: the last one that `go install` takes as it is. */
export const livekitVersion = '1.13.5';

const defaultCache = fileURLToPath(new URL('../../.cache/livekit', import.meta.url));

export function livekitServerAtHand(env = process.env) {
  const named = env.LIVEKIT_SERVER_BIN;
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`LIVEKIT_SERVER_BIN names ${named}, which is not a program.`);
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const installed = folders.map((folder) => join(folder, 'livekit-server')).find(isProgram);
  const cached = cachedProgram(env);
  return installed ?? (isProgram(cached) ? cached : null);
}

export async function ensureLivekitServer(env = process.env, say = console.log) {
  const atHand = livekitServerAtHand(env);
  if (atHand) return atHand;
  const target = cachedProgram(env);
  return withCacheLock(join(target, '..'), say, async () => {
    // The run that was waited for may have brought it.
    if (isProgram(target)) return target;
    const reasons = [];
    for (const bring of [download, build]) {
      const reason = await bring(target, env, say);
      if (!reason) return target;
      reasons.push(reason);
    }
    throw new Error(
      `No livekit-server could be had: ${reasons.join('; ')}. ` +
        'Install one, or set LIVEKIT_SERVER_BIN to its program.',
    );
  });
}

async function download(target, env, say) {
  try {
    return await downloadRelease({ version: livekitVersion, target, env, say });
  } catch (error) {
    say(`The release was not taken: ${error.message}.`);
    return error.message;
  }
}

async function build(target, env, say) {
  const go = findGo(env);
  if (!go) return 'Go, which could build it, is not installed';
  try {
    await buildWithGo({ version: livekitVersion, target, go, env, say });
    return null;
  } catch (error) {
    return error.message;
  }
}

function cachedProgram(env) {
  return join(env.LIVEKIT_CACHE_DIR || defaultCache, livekitVersion, 'livekit-server');
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
