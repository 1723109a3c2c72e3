/** Reads the environment of `npm run livekit` and names every fault at once. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const defaultCache = fileURLToPath(new URL('../../.cache/livekit', import.meta.url));

/** Throws one sentence a fault. Without LIVEKIT_API_KEY and _SECRET a pair is made once and kept in the cache. */
export function readLivekitSettings(env) {
  const faults = [];
  const settings = {
    port: port(env, 'LIVEKIT_PORT', '7880', faults),
    udpPort: port(env, 'LIVEKIT_UDP_PORT', '7882', faults),
    tcpPort: port(env, 'LIVEKIT_TCP_PORT', '0', faults),
    logLevel: env.LIVEKIT_LOG_LEVEL || 'warn',
    webhookUrl: webhookUrl(env, faults),
  };
  if (!env.LIVEKIT_API_KEY !== !env.LIVEKIT_API_SECRET) {
    faults.push('Give both LIVEKIT_API_KEY and LIVEKIT_API_SECRET, or neither.');
  } else if (env.LIVEKIT_API_SECRET && env.LIVEKIT_API_SECRET.length < 32) {
    faults.push('LIVEKIT_API_SECRET must have at least 32 characters.');
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return { ...settings, ...keys(env) };
}

function port(env, name, fallback, faults) {
  const text = env[name] || fallback;
  const value = Number(text);
  const least = name === 'LIVEKIT_TCP_PORT' ? 0 : 1;
  if (!/^\d+$/.test(text) || value < least || value > 65535) {
    faults.push(`${name} must be a port number from ${least} to 65535, not "${text}".`);
  }
  return value;
}

function webhookUrl(env, faults) {
  const text = env.LIVEKIT_WEBHOOK_URL ?? `http://127.0.0.1:${env.PORT || 8787}/livekit/webhook`;
  if (text && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) {
    faults.push(`LIVEKIT_WEBHOOK_URL must be an http(s) address, not "${text}".`);
  }
  return text || null;
}

function keys(env) {
  if (env.LIVEKIT_API_KEY) {
    return { apiKey: env.LIVEKIT_API_KEY, apiSecret: env.LIVEKIT_API_SECRET };
  }
  const file = join(env.LIVEKIT_CACHE_DIR || defaultCache, 'keys.json');
  try {
    const { apiKey, apiSecret } = JSON.parse(readFileSync(file, 'utf8'));
    if (apiKey && apiSecret) return { apiKey, apiSecret };
  } catch {
    // Not made yet, or not readable: a new pair replaces it.
  }
  const made = {
    apiKey: `LK${randomBytes(9).toString('hex')}`,
    apiSecret: randomBytes(32).toString('base64url'),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}
