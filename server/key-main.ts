/** `npm run key`: a new secret key for whoever runs the server. Nothing else of this process reads `process.env`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { addressShare } from './domain/calls/call-limits.js';
import { issueKey } from './domain/keys/issue-key.js';
import { StartFault } from './start-fault.js';
import { openStore } from './store/open-store.js';
import type { IssueKeyRequest } from './domain/keys/issue-key.js';
import type { WorkspaceRow } from './domain/ports/rows.js';

const USAGE =
  'Usage: npm run key -- [--workspace NAME] [--concurrent-calls N]\n' +
  '         [--open-calls-per-address N|default] [--open-calls-per-visitor N|default]';
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
    process.stdout.write(
      `dialnexa: workspace  ${describe(issued.workspace)}\n` +
        `dialnexa: secret key ${issued.key}  (shown once)\n`,
    );
  } finally {
    await store.close();
  }
}

function readRequest(args: string[]): IssueKeyRequest {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      workspace: text,
      'concurrent-calls': text,
      'open-calls-per-address': text,
      'open-calls-per-visitor': text,
    },
  });
  const workspace = values.workspace?.trim();
  if (workspace === '') throw new TypeError('--workspace must be a name.');
  const shareOf = (name: 'open-calls-per-address' | 'open-calls-per-visitor') =>
    values[name] === 'default' ? null : countOf(name, values[name]);
  return {
    workspace,
    concurrentCalls: countOf('concurrent-calls', values['concurrent-calls']),
    openCallsPerAddress: shareOf('open-calls-per-address'),
    openCallsPerVisitor: shareOf('open-calls-per-visitor'),
  };
}

function countOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_CALLS) return count;
  throw new TypeError(`--${name} must be a number from 1 to ${MOST_CALLS}.`);
}

function describe(workspace: WorkspaceRow): string {
  const { name, concurrency_limit: lines, open_calls_per_address: own } = workspace;
  const share = `${own ?? addressShare(lines)} of them from one address`;
  const ofVisitor = workspace.open_calls_per_visitor;
  const visitor = ofVisitor === null ? '' : `, ${ofVisitor} from one visitor`;
  return `${name}, ${lines} calls at once, ${share}${visitor}`;
}

void main().catch((error: unknown) => {
  const isUsage = error instanceof TypeError;
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  if (isUsage) process.stderr.write(`${USAGE}\n`);
  process.exitCode = 1;
});
