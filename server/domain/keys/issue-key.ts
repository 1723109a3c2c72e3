/** What whoever runs the server may do without a key: make one, and the workspace that it belongs to. */
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import type { Clock } from '../ports/clock.js';
import type { WorkspaceRow } from '../ports/rows.js';
import type { KeyStore } from '../ports/store.js';
import { draftKey } from './api-key-verbs.js';

const CONCURRENCY_LIMIT = 25;

/** For which workspace: the first one, or that of a name, which is made when it is not there. */
export interface IssueKeyRequest {
  workspace?: string | undefined;
  concurrentCalls?: number | undefined;
}

/** A new secret key, which is kept nowhere else. */
export interface IssuedKey {
  key: string;
  workspace: WorkspaceRow;
}

/** Throws `not_found` when there is no workspace and none is named. */
export async function issueKey(
  { store, clock }: { store: KeyStore; clock: Clock },
  { workspace: name, concurrentCalls }: IssueKeyRequest,
): Promise<IssuedKey> {
  const now = clock.now();
  const found = await store.firstWorkspace(name);
  if (!found && name === undefined) throw DomainError.notFound('workspace yet: name one');
  const workspace: WorkspaceRow = {
    ...(found ?? { id: newId('ws'), name: name ?? '', created_at: now }),
    concurrency_limit: concurrentCalls ?? found?.concurrency_limit ?? CONCURRENCY_LIMIT,
  };
  await store.putWorkspace(workspace);
  const { row, key } = draftKey(
    workspace.id,
    { name: 'From the command line', kind: 'secret' },
    now,
  );
  await store.insertKey(row);
  return { key, workspace };
}
