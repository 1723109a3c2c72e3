/** Checks the options of a call; the message of an error says how to mend them. */
import { START_OPTIONS, asOptions, checkBoolean } from './check-arguments.js';
import { CallError } from './error/call-error.js';
import type { AudioOptions, WebCallOptions } from './options.js';
import { keptAddress, keptLocale } from './page/page-facts.js';
import { defaultServerUrl } from './rest/default-server-url.js';
import type { CreateWebCallRequest } from './wire/web-call.js';

const NAMES = [
  'apiKey',
  'serverUrl',
  'agentVersionId',
  'agentId',
  'agentVersionNumber',
  'variables',
  'metadata',
  'consent',
  'locale',
  'pageUrl',
  'audio',
  'wakeLock',
  'resume',
  'otherTabs',
  'fetch',
];
const OTHER_TABS = ['refuse', 'take_over', 'allow'] as const;
const MAX_VARIABLES = 50;
const MAX_VALUE_LENGTH = 2000;

/** How the server is reached and the microphone is opened, checked. */
export interface CheckedConnection {
  serverUrl: string;
  apiKey: string;
  audio: AudioOptions;
  fetch: typeof fetch;
}

/** Checked options, with defaults filled in. */
export interface CheckedOptions extends CheckedConnection {
  request: CreateWebCallRequest;
  wakeLock: boolean;
  resume: boolean;
  otherTabs: (typeof OTHER_TABS)[number];
}

/** Defaults that come from the page. */
export interface PageFacts {
  locale: string | undefined;
  pageUrl: string | undefined;
  timeZone?: string | undefined;
}

/**
 * Checks the options. Throws `CallError`. TypeScript prevents most of these faults, but many pages are plain
 * JavaScript.
 */
export function checkOptions(options: WebCallOptions, page: PageFacts): CheckedOptions {
  return asOptions('new DialNexaWebCall()', () => readOptions(options, page));
}

function readOptions(options: WebCallOptions, page: PageFacts): CheckedOptions {
  if (typeof options !== 'object' || options === null) {
    throw CallError.invalidOptions('Give the options as one object: new DialNexaWebCall({ … }).');
  }
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown && START_OPTIONS.includes(unknown)) {
    throw CallError.invalidOptions(`${unknown} is an option of start(): start({ ${unknown}: … }).`);
  }
  if (unknown) {
    throw CallError.invalidOptions(`There is no option ${unknown}. Options: ${NAMES.join(', ')}.`);
  }
  checkBoolean('wakeLock', options.wakeLock);
  checkBoolean('resume', options.resume);
  return {
    ...checkConnection(options),
    request: request(options, page),
    wakeLock: options.wakeLock ?? true,
    resume: options.resume ?? false,
    otherTabs: checkOtherTabs(options.otherTabs ?? 'refuse'),
  };
}

/** Checks those options that every request needs. Throws `CallError`. */
export function checkConnection(
  options: Pick<WebCallOptions, 'apiKey' | 'serverUrl' | 'audio' | 'fetch'>,
): CheckedConnection {
  return {
    apiKey: checkKey(options.apiKey),
    serverUrl: checkServerUrl(options.serverUrl),
    audio: checkAudio(options.audio ?? {}),
    fetch: boundFetch(options.fetch),
  };
}

/** `fetch` bound to the global object: browsers refuse to call their own one as a method of another object. */
function boundFetch(given: typeof fetch | undefined): typeof fetch {
  if (given != null && typeof given !== 'function') {
    throw CallError.invalidOptions('fetch must be a function.');
  }
  return (input, init) => (given ?? globalThis.fetch)(input, init);
}

function checkOtherTabs(given: CheckedOptions['otherTabs']): CheckedOptions['otherTabs'] {
  if (OTHER_TABS.includes(given)) return given;
  throw CallError.invalidOptions(`otherTabs must be one of ${OTHER_TABS.join(', ')}.`);
}

function checkAudio(audio: AudioOptions): AudioOptions {
  anObject('audio', audio);
  for (const name of ['deviceId', 'speakerId'] as const) textOf(`audio.${name}`, audio[name]);
  for (const name of ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const) {
    checkBoolean(`audio.${name}`, audio[name]);
  }
  if (audio.volume !== undefined) checkVolume('audio.volume', audio.volume);
  return { ...audio };
}

/** Checks a volume, 0 to 1. */
export function checkVolume(name: string, volume: number): number {
  if (typeof volume === 'number' && volume >= 0 && volume <= 1) return volume;
  throw CallError.invalidOptions(`Give ${name} a number from 0 to 1.`);
}

function checkKey(apiKey: unknown): string {
  const given = textOf('apiKey', apiKey);
  const key = plain('apiKey', given);
  if (key) return key;
  throw CallError.invalidOptions("Give apiKey, a publishable key: apiKey: 'dnx_pk_…'.");
}

/** A key or id without white space around it. Refuses invisible characters, which copied texts often contain, and a secret key wherever it is. */
function plain(name: string, text: string): string {
  if (text.includes('dnx_sk_')) throw new CallError('secret_key_in_page');
  const trimmed = text.trim();
  const odd = /[^!-~]/u.exec(trimmed);
  if (odd) throw CallError.invalidOptions(oddLetter(name, odd));
  return trimmed;
}

function oddLetter(name: string, { 0: letter, index }: RegExpExecArray): string {
  const code = letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
  const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(letter) ? `“${letter}”` : 'which cannot be seen';
  return `${name} holds the character U+${code} (${shown}) at position ${index + 1}: copy it again, or type it.`;
}

/** The text of an option. `null` means not set: frameworks and untyped pages write it so. */
function textOf(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw CallError.invalidOptions(`${name} must be a string.`);
  return value;
}

function checkServerUrl(given: unknown): string {
  const text = textOf('serverUrl', given) || defaultServerUrl();
  if (!text) throw new CallError('server_url_missing');
  const odd = /[\p{C}\p{Z}]/u.exec(text.trim());
  if (odd) throw CallError.invalidOptions(oddLetter('serverUrl', odd));
  const url = parseUrl(text);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw CallError.invalidOptions(
      `serverUrl must be an http(s) address such as https://calls.example.com, not ${text.slice(0, 100)}.`,
    );
  }
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function request(options: WebCallOptions, page: PageFacts): CreateWebCallRequest {
  const body: CreateWebCallRequest = {};
  nameVersion(options, body);
  if (options.variables) body.variables = checkVariables(options.variables);
  if (options.metadata) body.metadata = checkJson('metadata', options.metadata);
  if (options.consent) body.consent = checkJson('consent', options.consent);
  const locale = keptLocale(textOf('locale', options.locale ?? page.locale));
  if (locale) body.locale = locale;
  const pageUrl = keptAddress(textOf('pageUrl', options.pageUrl ?? page.pageUrl));
  if (pageUrl) body.page_url = pageUrl;
  if (page.timeZone) body.time_zone = page.timeZone;
  return body;
}

function nameVersion(options: WebCallOptions, body: CreateWebCallRequest): void {
  const agentVersionId = plain('agentVersionId', textOf('agentVersionId', options.agentVersionId));
  const agentId = plain('agentId', textOf('agentId', options.agentId));
  const agentVersionNumber = options.agentVersionNumber ?? undefined;
  if (agentVersionId && (agentId || agentVersionNumber !== undefined)) {
    throw CallError.invalidOptions(
      'Give either agentVersionId, or agentId with an optional agentVersionNumber; not both.',
    );
  }
  if (agentVersionId) {
    body.agent_version_id = agentVersionId;
    return;
  }
  if (!agentId) {
    throw CallError.invalidOptions(
      "Name the agent: agentVersionId: 'av_…', or agentId: 'agent_…'.",
    );
  }
  body.agent_id = agentId;
  if (agentVersionNumber === undefined) return;
  if (!Number.isInteger(agentVersionNumber) || agentVersionNumber < 1) {
    throw CallError.invalidOptions('agentVersionNumber must be a whole number from 1 on.');
  }
  body.agent_version_number = agentVersionNumber;
}

function checkVariables(
  variables: NonNullable<WebCallOptions['variables']>,
): NonNullable<WebCallOptions['variables']> {
  const entries = Object.entries(anObject('variables', variables));
  if (entries.length > MAX_VARIABLES) {
    throw CallError.invalidOptions(
      `At most ${MAX_VARIABLES} variables; these are ${entries.length}.`,
    );
  }
  for (const [name, value] of entries) {
    const isOdd = typeof value === 'number' && !Number.isFinite(value);
    if (isOdd || !['string', 'number', 'boolean'].includes(typeof value)) {
      throw CallError.invalidOptions(`variables.${name} must be a string, a number or a boolean.`);
    }
    if (String(value).length > MAX_VALUE_LENGTH) {
      throw CallError.invalidOptions(
        `variables.${name} is longer than ${MAX_VALUE_LENGTH} characters.`,
      );
    }
  }
  return variables;
}

function anObject<T>(name: string, value: T): T {
  if (typeof value === 'object' && !Array.isArray(value)) return value;
  throw CallError.invalidOptions(`${name} must be an object: ${name}: { name: 'Ann' }.`);
}

function checkJson<T>(name: string, value: T): T {
  try {
    JSON.stringify(value);
    return anObject(name, value);
  } catch (error) {
    throw error instanceof CallError ? error : CallError.notJson(name);
  }
}
