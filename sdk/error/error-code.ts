/** The error codes of the browser SDK: those of the server, and those that only a browser can meet. */
import type { ErrorCode } from '../wire/error-body.js';

/** Errors that only the page can detect. */
export type SdkErrorCode =
  | 'invalid_options'
  | 'secret_key_in_page'
  | 'server_url_missing'
  | 'unsupported_browser'
  | 'call_elsewhere'
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

/**
 * Who has to act: the visitor (`user`), the connection, the agent, a provider of the agent, the site's owner
 * (`config`), or the server.
 */
export type CallFault = 'user' | 'network' | 'agent' | 'provider' | 'config' | 'server';
