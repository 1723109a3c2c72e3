/** The key on whose behalf a request runs. */
import type { ApiKeyKind } from '../../../sdk/wire/api-key.js';

/** Who asks, and what they may. */
export interface Principal {
  keyId: string;
  workspaceId: string;
  kind: ApiKeyKind;
  name: string;
  allowedOrigins: readonly string[];
  /** Where the request came from; for the audit. */
  address?: string;
}
