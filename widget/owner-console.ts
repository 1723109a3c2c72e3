/** Tells the owner of the page, in the browser's console, more than visitors are told: where a fault arises, and the fix. */
import { CallError, ERROR_TABLE, type CallErrorCode } from '../sdk/index.js';
import { DeveloperHints } from './developer-hints.js';

const FIREWALL =
  'The media server must be reachable by UDP, or by TCP or TURN over TLS on port 443 where a network allows nothing else: see docs/deploy.md.';
const KEYS =
  'List the keys with GET /v1/api-keys and a secret key, or make a publishable one with POST /v1/api-keys.';
const POLICY =
  'If no question appears at all, something forbids the microphone: the header Permissions-Policy must allow it (microphone=(self)), and a frame needs allow="microphone".';
const AUTOPLAY =
  'Browsers play sound after a click only. Let the call start in a click, not by start() as the page loads; inside a frame, give it allow="autoplay; microphone".';
const SILENCE =
  'The microphone gives nothing but silence: it is muted by its switch or the system, or it is the wrong one. Visitors can choose another in the menu of the call; element.addEventListener("dialnexa-audiolevel", …) shows what is heard.';
const OLDER = ' The server may be of an earlier release, which has no GET /v1/widget.';

/** What the owner can look at. What is told beyond the table of errors, and nothing that a stranger should not read. */
const NOTES: Partial<Record<CallErrorCode, string>> = {
  call_elsewhere:
    'One call at a time in a browser: another element, tab or window of this site is in one. The option otherTabs of the SDK takes over, or allows both.',
  microphone_denied: `The visitor, the system or a policy refuses the microphone. ${POLICY}`,
  microphone_dismissed: `The visitor closed the browser's question. ${POLICY}`,
  microphone_not_found:
    'The device of this visitor has no microphone that the browser can see. The SDK can start a call without one: start({ microphone: false }), for typing.',
  microphone_in_use:
    'Another program of the visitor holds the microphone. The page can do nothing.',
  microphone_failed: 'The browser could not open the microphone: error.cause has its reason.',
  microphone_lost: 'The microphone was unplugged; the call goes on, and takes the next one.',
  insecure_context:
    'Serve the page over https. Over http, browsers have microphones for localhost alone.',
  unsupported_browser:
    'The browser has no navigator.mediaDevices. An app that embeds it must allow the camera and microphone.',
  audio_blocked: AUTOPLAY,
  offline: 'The device of this visitor has lost the network.',
  network_unreachable:
    "Look at the browser's network panel: a wrong server-url, a blocker, DNS or TLS.",
  connection_failed: FIREWALL,
  connection_lost: FIREWALL,
  grant_expired: FIREWALL,
  capacity_reached:
    'The limit of calls at the same time is reached, of the workspace or the server. Raise it, or let calls end sooner (max_call_duration_sec).',
  rate_limited: 'Too many calls from one address or key. Its limits are in docs/rest.md.',
  agent_did_not_join:
    'No agent worker took the call. Does one run, under the name that the server dispatches (AGENT_NAME), with the same LiveKit address and keys? /readyz and the log of the worker say more.',
  agent_failed: 'The explanation of the call in /console says at which step the agent broke off.',
  origin_not_allowed:
    'PATCH /v1/api-keys/{id} with a secret key and allowed_origins, all of them, sets these; GET /v1/api-keys lists the keys.',
  unauthorized: `The server does not know the key of api-key: a typing error, or a key of another server. ${KEYS}`,
  key_revoked: KEYS,
  key_expired: KEYS,
  not_found:
    'Are agent-id and server-url those of the same server, and of the workspace of the key?',
  version_not_published:
    'Publish the version in /console or by POST /v1/agents/{id}/versions/{n}/publish.',
};

/** Writes each once, until another comes. */
export class OwnerConsole extends DeveloperHints {
  #noted = '';
  /** Why the version could not be read: told when that turns out to be no fault of the call as well. */
  #unread: { code: string; text: string } | null = null;

  override say(error: CallError): boolean {
    const { code, fault, remedy } = error;
    // What visitors are told is in the language of the page, and no more than they can do themselves.
    const isExact = fault === 'user' && remedy !== ERROR_TABLE[code].remedy;
    const note = [NOTES[code], isExact && remedy].filter(Boolean).join(' ');
    const isVisitors = fault === 'user';
    const more = note ? `${this.#origin(code)}${note}` : '';
    const { message } = error;
    const own = remedy === message && more ? '' : remedy;
    const isSaid = super.say({ fault, message, remedy: `${own} ${more}`.trim() });
    if (isVisitors && more) this.#note(`${code}: ${more}`);
    if (this.#unread?.code === code) this.#unread = null;
    this.works();
    return isSaid;
  }

  /** The call did not fail by what the version could not be read by. */
  works(): void {
    const unread = this.#unread;
    this.#unread = null;
    if (unread) this.#note(unread.text);
  }

  /** No error: the browser blocks sound, or the microphone gives nothing but silence. */
  warn(what: 'sound' | 'voice'): void {
    this.#note(what === 'sound' ? AUTOPLAY : SILENCE);
  }

  /** What the published version says could not be read, and is not missed: the call goes on without, or tells why not. */
  unread(why: unknown): void {
    const reason = why instanceof Error ? why.message : String(why);
    const code = why instanceof CallError ? why.code : '';
    const text = `What the published version says of this element could not be read (${reason}): what the page says counts alone.${code === 'not_found' ? OLDER : ''}`;
    this.#unread = { code, text };
  }

  #origin(code: CallErrorCode): string {
    return code === 'origin_not_allowed' ? `Here it is ${location.origin}. ` : '';
  }

  #note(text: string): void {
    if (text === this.#noted) return;
    this.#noted = text;
    console.warn(`<dialnexa-call>: ${text}`, this.element);
  }
}
