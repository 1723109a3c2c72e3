/** Bodies of `POST /v1/web-calls`, `POST /v1/web-calls/{call_id}/terminate` and `GET /v1/web-calls/{call_id}`. */
import type { CallerEndReason, CallStatus, EndReason } from './call-status.js';

/** A value that may stand for `{{name}}` in a prompt. At most 50 keys, 2,000 characters a value. */
export type VariableValue = string | number | boolean;

/** What the visitor agreed to before the call. */
export interface Consent {
  /** The text that was shown. At most 4,000 characters. */
  text: string;
  /** The version or hash of that text. */
  version?: string;
  /** ISO 8601 time at which the visitor agreed, by the clock of whoever says so: see `CallConsent`. */
  accepted_at: string;
}

/** Names a published version: by its own id, or by agent (default: the latest published). */
export interface CreateWebCallRequest {
  agent_version_id?: string;
  agent_id?: string;
  agent_version_number?: number;
  /** Put into the prompt where it says `{{name}}`. */
  variables?: Record<string, VariableValue>;
  /** Stored on the record only; the agent never sees it. At most 16 KiB as JSON. */
  metadata?: Record<string, unknown>;
  consent?: Consent;
  /** BCP 47, e.g. `en-GB`. Kept up to 35 characters. */
  locale?: string;
  /** Kept up to 2,000 characters. */
  page_url?: string;
}

/** The grant: what a caller needs to join. */
export interface CreateWebCallResponse {
  call_id: string;
  type: 'web';
  status: CallStatus;
  agent_id: string;
  agent_name: string;
  agent_version_id: string;
  agent_version_number: number;
  /** LiveKit's address, `ws:` or `wss:`. */
  server_url: string;
  /** LiveKit's join token, for one room and a short time. */
  access_token: string;
  /** Lets the page end this call, or read how it ended, and nothing else. */
  call_token: string;
  /** ISO 8601; after it the access token no longer joins. */
  expires_at: string;
}

/**
 * Sent with a secret key (no `reason`: the record says `terminated_by_api`), or with the call's own
 * token (no `reason`: `user_disconnected`). A closing page cannot set headers across origins, so the token may stand in the body and the
 * body may be `text/plain`.
 */
export interface TerminateWebCallRequest {
  reason?: CallerEndReason;
  call_token?: string;
}

/** How the call ended, the same however often it is asked; while it goes on, reason and time are null. */
export interface TerminateWebCallResponse {
  call_id: string;
  status: CallStatus;
  end_reason: EndReason | null;
  ended_at: string | null;
}
