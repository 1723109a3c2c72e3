/** What a newcomer begins with: a workspace, a key for its pages and one for its backend. */
import type { WorkspaceRow } from '../ports/rows.js';
import { draftKey } from './api-key-verbs.js';
import { newWorkspace } from './new-workspace.js';

/** Rows to be kept, with the keys' texts, which are kept nowhere. */
export interface FirstKeys {
  workspace: WorkspaceRow;
  publishable: ReturnType<typeof draftKey>;
  secret: ReturnType<typeof draftKey>;
}

/** `origins`: where the publishable key may start calls. */
export function draftFirstKeys(origins: readonly string[], now: Date): FirstKeys {
  const workspace = newWorkspace('Demo', now);
  return {
    workspace,
    publishable: draftKey(
      workspace.id,
      { name: 'Demo page', kind: 'publishable', allowed_origins: [...origins] },
      now,
    ),
    secret: draftKey(workspace.id, { name: 'First secret key', kind: 'secret' }, now),
  };
}
