/** `npm run key`: a new secret key for whoever runs the server. Nothing else of this process reads `process.env`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { issueKey } from './domain/keys/issue-key.js';
import { StartFault } from './start-fault.js';
import { openStore } from './store/open-store.js';
import type { IssueKeyRequest } from './domain/keys/issue-key.js';

const USAGE = 'Usage: npm run key -- [--workspace NAME] [--concurrent-calls N]';
const MOST_CALLS = 100_000;

async function main(): Promise<void> {
  const request = readRequest(process.argv.slice(2));
  const databaseUrl = process.env.DATABASE_URL?.trim() || null;
  const dataDir = resolve(process.env.DATA_DIR?.trim() || '.data');
  const store = await openStore(databaseUrl ? { databaseUrl } : { dataDir }).catch((cause) => {
    throw StartFault.database(databaseUrl, cause);
  });
  try {
    const issued = await issueKey({ store, clock: { now: () => new Date() } }, request);
    const { name, concurrency_limit: limit } = issued.workspace;
    process.stdout.write(
      `dialnexa: workspace  ${name}, ${limit} calls at once\n` +
        `dialnexa: secret key ${issued.key}  (shown once)\n`,
    );
  } finally {
    await store.close();
  }
}

function readRequest(args: string[]): IssueKeyRequest {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { workspace: text, 'concurrent-calls': text } });
  const calls = values['concurrent-calls'];
  const concurrentCalls = calls === undefined ? undefined : Number(calls);
  const isCount =
    concurrentCalls === undefined ||
    (Number.isInteger(concurrentCalls) && concurrentCalls >= 1 && concurrentCalls <= MOST_CALLS);
  if (!isCount) throw new TypeError(`--concurrent-calls must be a number from 1 to ${MOST_CALLS}.`);
  const workspace = values.workspace?.trim();
  if (workspace === '') throw new TypeError('--workspace must be a name.');
  return { workspace, concurrentCalls };
}

void main().catch((error: unknown) => {
  const isUsage = error instanceof TypeError;
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  if (isUsage) process.stderr.write(`${USAGE}\n`);
  process.exitCode = 1;
});
