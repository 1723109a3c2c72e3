/** Refuses options that cannot make a call, with the remedy in the message. */
import { CallError } from './error/call-error.js';
import type { AudioOptions, WebCallOptions } from './options.js';
import { defaultServerUrl } from './rest/default-server-url.js';
import { NOT_JSON } from './rest/rest-client.js';
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
  'fetch',
];
const MAX_VARIABLES = 50;
const MAX_VALUE_LENGTH = 2000;

/** Options that passed, with defaults filled in. */
export interface CheckedOptions {
  serverUrl: string;
  apiKey: string;
  request: CreateWebCallRequest;
  audio: AudioOptions;
  wakeLock: boolean;
  fetch: typeof fetch;
}

/** What the page knows by itself. */
export interface PageFacts {
  locale: string | undefined;
  pageUrl: string | undefined;
}

/** Throws `CallError`. The types forbid most of this already; pages are often not typed. */
export function checkOptions(options: WebCallOptions, page: PageFacts): CheckedOptions {
  if (typeof options !== 'object' || options === null) {
    throw CallError.invalidOptions('Give the options as one object: new DialNexaWebCall({ … }).');
  }
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown) {
    throw CallError.invalidOptions(`There is no option ${unknown}. Options: ${NAMES.join(', ')}.`);
  }
  return {
    apiKey: checkKey(options.apiKey),
    serverUrl: checkServerUrl(options.serverUrl),
    request: request(options, page),
    audio: checkAudio(options.audio ?? {}),
    wakeLock: options.wakeLock ?? true,
    fetch: boundFetch(options.fetch),
  };
}

/** A browser's own `fetch` refuses to be called as the method of anything else. */
function boundFetch(given: typeof fetch | undefined): typeof fetch {
  return (input, init) => (given ?? globalThis.fetch)(input, init);
}

function checkAudio(audio: AudioOptions): AudioOptions {
  if (audio.volume !== undefined) checkVolume('audio.volume', audio.volume);
  return audio;
}

/** The loudness, if it is one. */
export function checkVolume(name: string, volume: number): number {
  if (typeof volume === 'number' && volume >= 0 && volume <= 1) return volume;
  throw CallError.invalidOptions(`Give ${name} a number from 0 to 1.`);
}

function checkKey(apiKey: unknown): string {
  if (typeof apiKey !== 'string' || !apiKey) {
    throw CallError.invalidOptions("Give apiKey, a publishable key: apiKey: 'dnx_pk_…'.");
  }
  if (apiKey.startsWith('dnx_sk_')) throw new CallError('secret_key_in_page');
  return apiKey;
}

function checkServerUrl(given: string | undefined): string {
  const text = given ?? defaultServerUrl();
  if (!text) throw new CallError('server_url_missing');
  const url = parseUrl(text);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw CallError.invalidOptions(
      `serverUrl must be an http(s) address such as https://calls.example.com, not ${text}.`,
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
  if (options.metadata) body.metadata = checkMetadata(options.metadata);
  if (options.consent) body.consent = options.consent;
  const locale = options.locale ?? page.locale;
  if (locale) body.locale = locale;
  const pageUrl = options.pageUrl ?? page.pageUrl;
  if (pageUrl) body.page_url = pageUrl;
  return body;
}

function nameVersion(options: WebCallOptions, body: CreateWebCallRequest): void {
  const { agentVersionId, agentId, agentVersionNumber } = options;
  if (agentVersionId !== undefined && (agentId !== undefined || agentVersionNumber !== undefined)) {
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
  const entries = Object.entries(variables);
  if (entries.length > MAX_VARIABLES) {
    throw CallError.invalidOptions(
      `At most ${MAX_VARIABLES} variables; these are ${entries.length}.`,
    );
  }
  for (const [name, value] of entries) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
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

function checkMetadata<T>(metadata: T): T {
  try {
    JSON.stringify(metadata);
    return metadata;
  } catch {
    throw CallError.invalidOptions(NOT_JSON);
  }
}
