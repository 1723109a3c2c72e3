/** The words for what can go wrong: the server's, and those that only a browser can know. */
import type { ErrorCode } from '../wire/error-body.js';

/** What only the page can know. */
export type SdkErrorCode =
  | 'invalid_options'
  | 'secret_key_in_page'
  | 'server_url_missing'
  | 'unsupported_browser'
  | 'insecure_context'
  | 'microphone_denied'
  | 'microphone_dismissed'
  | 'microphone_in_use'
  | 'microphone_not_found'
  | 'microphone_failed'
  | 'microphone_lost'
  | 'speaker_unsupported'
  | 'media_code_failed'
  | 'offline'
  | 'network_unreachable'
  | 'blocked_by_page_policy'
  | 'insecure_server'
  | 'server_redirects'
  | 'wrong_server_path'
  | 'server_unreadable'
  | 'unexpected_answer'
  | 'grant_expired'
  | 'connection_failed'
  | 'connection_lost'
  | 'agent_did_not_join'
  | 'agent_failed'
  | 'audio_blocked'
  | 'not_active'
  | 'text_not_sent'
  | 'aborted';

/** Every code of a `CallError`. */
export type CallErrorCode = ErrorCode | SdkErrorCode;

/** Whose doing it is: the visitor's, the connection's, the agent's, a provider's, the site's set-up, the server's. */
export type CallFault = 'user' | 'network' | 'agent' | 'provider' | 'config' | 'server';
