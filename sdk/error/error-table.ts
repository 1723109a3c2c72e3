/** The error table: for every error code who has to act, whether a retry may help, what happened and what to do. */
import type { CallErrorCode, CallFault } from './error-code.js';

/** A row of the table. */
export interface ErrorFacts {
  fault: CallFault;
  /** Whether the same start may succeed later without any change. */
  retryable: boolean;
  /** What happened, in one sentence. */
  message: string;
  /** What the visitor or the owner of the site can do, in one sentence. */
  remedy: string;
}

function facts(fault: CallFault, retryable: boolean, message: string, remedy: string): ErrorFacts {
  return { fault, retryable, message, remedy };
}

const TELL_OWNER = 'Tell the owner of this site.';
const LATER = 'Try again in a moment.';

/** The row of every error code. */
export const ERROR_TABLE: Readonly<Record<CallErrorCode, ErrorFacts>> = {
  invalid_options: facts('config', false, 'The call was set up wrongly.', TELL_OWNER),
  secret_key_in_page: facts(
    'config',
    false,
    'A secret key (dnx_sk_…) was given to the browser SDK.',
    'Use a publishable key (dnx_pk_…) and revoke this one: it can be read by everyone who opens the page.',
  ),
  server_url_missing: facts(
    'config',
    false,
    'No server was named.',
    "Give serverUrl, e.g. new DialNexaWebCall({ serverUrl: 'https://calls.example.com', … }).",
  ),
  call_elsewhere: facts(
    'user',
    true,
    'A call is already going on in this browser.',
    'End it first, here or in another tab, then try again.',
  ),
  unsupported_browser: facts(
    'user',
    false,
    'This browser cannot make calls.',
    'Use a current version of Chrome, Edge, Firefox or Safari.',
  ),
  insecure_context: facts(
    'config',
    false,
    'The browser allows the microphone only on secure pages.',
    'Open this page over https.',
  ),
  microphone_denied: facts(
    'user',
    false,
    'The microphone is blocked for this page.',
    "Allow the microphone in the browser's site settings, then try again.",
  ),
  microphone_dismissed: facts(
    'user',
    true,
    'The question about the microphone was closed without an answer.',
    'Try again and choose Allow.',
  ),
  microphone_in_use: facts(
    'user',
    true,
    'The microphone could not be opened; another program may be using it.',
    'Close other programs that use the microphone, then try again.',
  ),
  microphone_not_found: facts(
    'user',
    true,
    'No microphone was found.',
    'Connect a microphone, then try again.',
  ),
  microphone_failed: facts('user', true, 'The microphone could not be opened.', LATER),
  microphone_lost: facts(
    'user',
    true,
    'The microphone was disconnected during the call.',
    'Connect a microphone or choose another one.',
  ),
  speaker_unsupported: facts(
    'user',
    false,
    'This browser cannot switch the speaker.',
    "Choose the speaker in the system's sound settings.",
  ),
  media_code_failed: facts(
    'network',
    true,
    'A part of the call program could not be loaded.',
    'Check the connection, then reload the page.',
  ),
  offline: facts(
    'network',
    true,
    'This device is offline.',
    'Connect to the internet, then try again.',
  ),
  network_unreachable: facts(
    'network',
    true,
    'The server could not be reached; the browser does not say why.',
    'Check the connection and whether something blocks the server, then try again.',
  ),
  blocked_by_page_policy: facts(
    'config',
    false,
    'The security policy of this page forbids the connection.',
    "Allow the server in the page's Content-Security-Policy.",
  ),
  insecure_server: facts(
    'config',
    false,
    'A page on https may not call a server on http.',
    'Give serverUrl an https address.',
  ),
  server_redirects: facts(
    'config',
    false,
    "The server's address leads on to another one.",
    'Give serverUrl the address where the redirect ends.',
  ),
  wrong_server_path: facts(
    'config',
    false,
    "The server is there, but not below the path of the server's address.",
    'Give serverUrl the address at which the server itself is seen, without more path than that.',
  ),
  server_unreadable: facts(
    'network',
    true,
    "Something answers at the server's address, but the browser hides what from this page.",
    'Check that serverUrl is the address of a DialNexa server itself: no redirect, nothing before it that takes away its headers.',
  ),
  unexpected_answer: facts(
    'server',
    true,
    "What answered at the server's address is not a DialNexa server.",
    'Check serverUrl, and what stands between this page and the server.',
  ),
  grant_expired: facts('network', true, 'Joining took too long and the grant ran out.', LATER),
  connection_failed: facts(
    'network',
    true,
    'The audio connection could not be made.',
    'Check that the network allows calls, or try another network.',
  ),
  connection_lost: facts(
    'network',
    true,
    'The connection was lost.',
    'Check the connection and call again.',
  ),
  agent_did_not_join: facts('agent', true, 'Nobody answered the call.', LATER),
  agent_failed: facts('agent', true, 'The agent broke off the call.', LATER),
  audio_blocked: facts(
    'user',
    true,
    'The browser blocks sound until the page is clicked.',
    'Click the page to hear the agent.',
  ),
  not_active: facts(
    'config',
    false,
    'There is no active call.',
    'Call start() first and wait for it.',
  ),
  text_not_sent: facts('network', true, 'The message could not be sent.', 'Send it again.'),
  aborted: facts('user', true, 'The call was given up before it was connected.', 'Start it again.'),

  bad_request: facts('config', false, 'The server did not understand the request.', TELL_OWNER),
  invalid_json: facts('config', false, 'The server did not understand the request.', TELL_OWNER),
  validation_failed: facts('config', false, 'The server refused a value of the call.', TELL_OWNER),
  unauthorized: facts(
    'config',
    false,
    'The server does not know this key.',
    'Check the publishable key.',
  ),
  key_revoked: facts(
    'config',
    false,
    'This key was revoked.',
    'Use a publishable key that is valid.',
  ),
  key_expired: facts(
    'config',
    false,
    'This key has expired.',
    'Use a publishable key that is valid.',
  ),
  token_invalid: facts('config', false, "The call's token is not valid.", 'Start a new call.'),
  token_expired: facts('config', true, "The call's token has expired.", 'Start a new call.'),
  forbidden: facts('config', false, 'This key may not do that.', 'Check the publishable key.'),
  origin_not_allowed: facts(
    'config',
    false,
    'This site may not use this key.',
    "Add this page's origin to the key's allowed origins.",
  ),
  secret_key_in_browser: facts(
    'config',
    false,
    'A secret key was sent from a browser.',
    'Use a publishable key (dnx_pk_…) and revoke the secret one.',
  ),
  not_found: facts(
    'config',
    false,
    'The agent was not found.',
    'Check the id of the agent or version.',
  ),
  method_not_allowed: facts('config', false, 'The server does not offer this.', TELL_OWNER),
  request_timeout: facts(
    'network',
    true,
    'The request took too long to reach the server.',
    'Check the connection, then try again.',
  ),
  conflict: facts('server', true, 'The request clashed with another one.', LATER),
  capacity_reached: facts(
    'server',
    true,
    'All lines are busy: capacity unavailable.',
    'Try again when another call has ended.',
  ),
  idempotency_key_reused: facts(
    'config',
    false,
    'The same key was used for another request.',
    TELL_OWNER,
  ),
  version_immutable: facts('config', false, 'A published version cannot be changed.', TELL_OWNER),
  call_already_ended: facts('server', false, 'This call has already ended.', 'Start a new call.'),
  body_too_large: facts(
    'config',
    false,
    'The call carries too much data.',
    'Send less metadata or variables.',
  ),
  unsupported_media_type: facts(
    'config',
    false,
    'The server did not understand the request.',
    TELL_OWNER,
  ),
  version_not_published: facts(
    'config',
    false,
    'This version of the agent is not published.',
    'Publish the version, or name another one.',
  ),
  provider_not_configured: facts(
    'provider',
    false,
    'The agent needs a provider that the server has no key for.',
    "Set the provider's key on the server.",
  ),
  headers_too_large: facts(
    'config',
    false,
    'The request carries too much beside the call.',
    'Clear the cookies of the server, or shorten the address of the page.',
  ),
  rate_limited: facts('user', true, 'Too many calls for now.', 'Wait a while, then try again.'),
  internal_error: facts('server', true, 'The server failed.', LATER),
  media_unavailable: facts('server', true, 'The media server cannot be reached.', LATER),
  database_unavailable: facts('server', true, 'The server cannot reach its database.', LATER),
  storage_unavailable: facts('server', true, 'The server cannot reach its recordings.', LATER),
};
