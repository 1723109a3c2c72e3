/** Origins as keys name them: read so that each is one that a browser sends, and matched against what it sent. */

import { isSharedSuffix } from './shared-suffix.js';

/** As it is kept, or what is wrong with it and what to write. */
export type OriginReading = { origin: string } | { fault: string };

const LONGEST = 300;
const EXAMPLE = 'https://shop.example';
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** What a host may be made of once it is in the form that browsers send. */
const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/;
const APP = /^[a-z][a-z0-9+.-]*:\/\/[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?$/;
/** What browsers give to an extension as its host. */
const EXTENSION_HOSTS: Readonly<Record<string, [RegExp, string]>> = {
  'chrome-extension': [/^[a-p]{32}$/, '32 letters from a to p'],
  'moz-extension': [/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID'],
  'safari-web-extension': [/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID'],
};
/** No page and no app has an origin with these. */
const NO_PAGES = new Set(
  'about blob data file ftp javascript mailto view-source ws wss'.split(' '),
);

/**
 * Reads one entry: an origin of a site, `https://*.` and a name for all subdomains, or an app's, such as
 * `capacitor://localhost`. Capitals, letters outside ASCII and a default port are written as browsers write them; what no
 * browser could ever send is refused, and a pattern under which strangers have names.
 */
export function readOrigin(text: string): OriginReading {
  if (text === '*') return fault(`would let every site use this key: name each, e.g. ${EXAMPLE}`);
  if (text === 'null') return fault('is what a page without an origin sends: serve it over https');
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const likely = readOrigin(`https://${text}`);
    return wants('origin' in likely ? likely.origin : EXAMPLE);
  }
  if (NO_PAGES.has(scheme)) return fault(`no page has an origin with ${scheme}: write ${EXAMPLE}`);
  if (scheme !== 'http' && scheme !== 'https') return readApp(text, scheme);
  return text.includes('*') ? readPattern(text, scheme) : readSite(text);
}

/** Whether a key with these entries may be used by a page of this origin. */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return originForms(origin).some((form) => allowed.includes(form));
}

/** Every entry that lets this origin in: itself, and the patterns of the names above it. */
export function originForms(origin: string): string[] {
  if (origin.includes('*')) return [];
  const [, host = '', port = ''] = /^https:\/\/([a-z0-9_.-]+)(:\d+)?$/.exec(origin) ?? [];
  if (host === '' || origin.length > LONGEST) return [origin];
  const labels = host.split('.');
  const above = labels.slice(1, -1).map((_, at) => labels.slice(at + 1).join('.'));
  return [origin, ...above.map((name) => `https://*.${name}${port}`)];
}

function readSite(text: string): OriginReading {
  if (!URL.canParse(text)) return wants(likelyOf(text));
  const url = new URL(text);
  if (!HOST.test(url.hostname)) return wants(likelyOf(text));
  if (url.port === '0') return noPort(`${url.protocol}//${url.hostname}`);
  const isMore =
    url.username !== '' || url.password !== '' || !/^https?:\/\/[^/\\?#]+$/i.test(text);
  return isMore ? wants(url.origin) : { origin: url.origin };
}

function readPattern(text: string, scheme: string): OriginReading {
  const rest = /^https?:\/\/\*\.([^*]+)$/i.exec(text)?.[1];
  if (rest === undefined) {
    return fault('a "*" may only be the whole first part of a name: write https://*.shop.example');
  }
  const site = readSite(`https://${rest}`);
  if ('fault' in site) return fault(site.fault.replace('https://', 'https://*.'));
  const { hostname, host } = new URL(site.origin);
  const names = hostname.split('.').filter(Boolean);
  if (names.length < 2 || /^[\d[]/.test(names.at(-1) ?? '')) {
    return fault('a "*" needs a name of its own behind it: write https://*.shop.example');
  }
  if (isSharedSuffix(names.join('.'))) {
    return fault(
      `would let in everybody who has a name under ${names.join('.')}: put yours before it, https://*.shop.${names.join('.')}`,
    );
  }
  if (scheme === 'http') return fault(`a "*" needs https: write https://*.${host}`);
  return { origin: `https://*.${host}` };
}

function readApp(text: string, scheme: string): OriginReading {
  const origin = scheme + text.slice(scheme.length);
  if (APP.test(origin)) return readHost(origin, scheme);
  const likely = /^[^/]+:\/\/[^/\\?#]+/.exec(origin)?.[0] ?? '';
  if (APP.test(likely)) return wants(likely);
  return fault("is no app's origin, which is its scheme and host alone: capacitor://localhost");
}

function readHost(origin: string, scheme: string): OriginReading {
  const [, host = '', port] = /\/\/([^:]+)(?::(\d+))?$/.exec(origin) ?? [];
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) {
    return noPort(`${scheme}://${host}`);
  }
  const [form, words] = EXTENSION_HOSTS[scheme] ?? [];
  if (!form || form.test(host)) return { origin };
  return fault(`is no extension's origin: its id is ${words ?? ''}`);
}

function noPort(likely: string): OriginReading {
  return fault(`has a port that no page comes from: write ${likely}`);
}

/** What was probably meant where the host is none: a list, or something left over at its end. */
function likelyOf(text: string): string {
  const first = text.split(/[\s,;]+/)[0] ?? '';
  const read = first === text ? null : readOrigin(first);
  return read && 'origin' in read ? read.origin : EXAMPLE;
}

function wants(likely: string): OriginReading {
  return fault(`is not an origin that a browser sends: write ${likely}`);
}

function fault(sentence: string): OriginReading {
  return { fault: sentence };
}
