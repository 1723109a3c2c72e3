/** The key pair of the built-in media server: made once per data folder, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.js';

/** What joins the three processes to one media server. */
export interface LivekitKeys {
  apiKey: string;
  apiSecret: string;
}

/** Reads the pair, or makes it at the first start. */
export function livekitKeys(dataDir: string): LivekitKeys {
  const file = join(dataDir, 'livekit.json');
  return readKeys(file) ?? makeKeys(file);
}

function readKeys(file: string): LivekitKeys | null {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<LivekitKeys>;
    if (!value.apiKey || !value.apiSecret) return null;
    return { apiKey: value.apiKey, apiSecret: value.apiSecret };
  } catch {
    return null;
  }
}

function makeKeys(file: string): LivekitKeys {
  const keys: LivekitKeys = {
    apiKey: `LK${randomBytes(9).toString('hex')}`,
    apiSecret: randomBytes(32).toString('base64url'),
  };
  try {
    writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  } catch (error) {
    throw StartError.dataFolderUnwritable(file, error);
  }
  return keys;
}
