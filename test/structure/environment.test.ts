/** Holds that README's tables of variables name what the processes read, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ENVIRONMENT,
  LIVEKIT_ENVIRONMENT,
  SET_BY_START,
} from '../../server/environment/environment.js';
import { COMPATIBLE_SERVERS } from '../../server/environment/compatible-servers.js';
import { PROVIDER_KEYS } from '../../server/environment/provider-keys.js';
import { TRACING_VARIABLES } from '../../server/environment/tracing.js';
import { root } from './source-files.js';

/** What every machine has or npm sets, and what only says where tests are. */
const OF_THE_SYSTEM = ['PATH', 'NODE_ENV', 'INIT_CWD'];
const OF_THE_TESTS = ['CHROME_PATH'];

const read = ['server', 'scripts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$|\.mjs$/.test(name) && !name.includes('environment/'))
    .flatMap((name) => namesIn(readFileSync(join(root, folder, name), 'utf8'))),
);

/** Reads of an environment, keys of a schema of one, and names in lists of such. */
function namesIn(text: string): string[] {
  const reads = /(?:env|source)(?:\.|\[['"])([A-Z][A-Z0-9_]{2,})/g;
  const keys = /^ {2}([A-Z][A-Z0-9_]{2,}): (?:optional|text|url|number|z\.|withDefault)/gm;
  const listed = /'((?:LIVEKIT|S3|EMBEDDED)_[A-Z0-9_]+)'/g;
  return [reads, keys, listed].flatMap((one) => [...text.matchAll(one)].map(([, n = '']) => n));
}

describe('the tables of variables', () => {
  const told = [...ENVIRONMENT, ...LIVEKIT_ENVIRONMENT].flatMap(({ names }) => names);

  it('name every variable that is read', () => {
    const known = [...told, ...SET_BY_START, ...OF_THE_SYSTEM];
    expect(read.length).toBeGreaterThan(50);
    expect([...new Set(read)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('name no variable that nobody reads', () => {
    const servers = Object.values(COMPATIBLE_SERVERS).flatMap(({ url, key }) => [url, key]);
    const providers = Object.keys(PROVIDER_KEYS);
    const used = [...read, ...servers, ...providers, ...TRACING_VARIABLES, ...OF_THE_TESTS];
    expect(told.filter((name) => !used.includes(name))).toEqual([]);
  });
});
