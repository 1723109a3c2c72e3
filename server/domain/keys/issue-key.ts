/** Makes a secret key, and its workspace if needed, for the operator of the server, who needs no key for that. */
import { DomainError } from '../errors/domain-error.js';
import type { Clock } from '../ports/clock.js';
import type { WorkspaceRow } from '../ports/rows.js';
import type { KeyStore } from '../ports/store.js';
import { draftKey } from './api-key-verbs.js';
import { newWorkspace } from './new-workspace.js';

/** `workspace`: made when there is none of that name; by default the oldest one. */
export interface IssueKeyRequest {
  workspace?: string | undefined;
  concurrentCalls?: number | undefined;
  /** `null`: the default again. */
  openCallsPerAddress?: number | null | undefined;
  openCallsPerVisitor?: number | null | undefined;
}

/** A new secret key, which is kept nowhere else. */
export interface IssuedKey {
  key: string;
  workspace: WorkspaceRow;
}

/** Throws `not_found` when there is no workspace and none is named. */
export async function issueKey(
  { store, clock }: { store: KeyStore; clock: Clock },
  { workspace: name, concurrentCalls, ...request }: IssueKeyRequest,
): Promise<IssuedKey> {
  const now = clock.now();
  const found = await store.firstWorkspace(name);
  if (!found && name === undefined) throw DomainError.notFound('workspace yet: name one');
  const { openCallsPerAddress: perAddress, openCallsPerVisitor: perVisitor } = request;
  const known = found ?? newWorkspace(name ?? '', now);
  const workspace: WorkspaceRow = {
    ...known,
    concurrency_limit: concurrentCalls ?? known.concurrency_limit,
    open_calls_per_address: perAddress === undefined ? known.open_calls_per_address : perAddress,
    open_calls_per_visitor: perVisitor === undefined ? known.open_calls_per_visitor : perVisitor,
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
