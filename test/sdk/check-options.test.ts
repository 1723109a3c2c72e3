/** Options that cannot make a call are refused before anything happens, with the remedy. */
import { afterEach, describe, expect, it } from 'vitest';
import { DialNexaWebCall, type WebCallOptions } from '../../sdk/index.js';
import { setDefaultServerUrl } from '../../sdk/rest/default-server-url.js';
import { checkOptions } from '../../sdk/check-options.js';

const good = { apiKey: 'dnx_pk_1', agentVersionId: 'av_1', serverUrl: 'https://calls.example' };
const nowhere = { locale: undefined, pageUrl: undefined };

function refusal(options: unknown): { code: string; message: string } {
  try {
    new DialNexaWebCall(options as WebCallOptions);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('was not refused');
}

afterEach(() => {
  setDefaultServerUrl('about:blank');
});

describe('options', () => {
  it.each([
    ['nothing', undefined, 'invalid_options', /one object/],
    ['no key', { ...good, apiKey: '' }, 'invalid_options', /dnx_pk_/],
    ['a secret key', { ...good, apiKey: 'dnx_sk_1' }, 'secret_key_in_page', /secret key/],
    ['no server', { ...good, serverUrl: undefined }, 'server_url_missing', /server/],
    ['a socket address', { ...good, serverUrl: 'wss://x' }, 'invalid_options', /https:/],
    ['a bare host', { ...good, serverUrl: 'calls.example' }, 'invalid_options', /https:/],
    ['no agent', { ...good, agentVersionId: undefined }, 'invalid_options', /agentVersionId/],
    ['agent and version', { ...good, agentId: 'agent_1' }, 'invalid_options', /not both/],
    ['version and number', { ...good, agentVersionNumber: 2 }, 'invalid_options', /not both/],
    [
      'a crooked number',
      { ...good, agentVersionId: undefined, agentId: 'agent_1', agentVersionNumber: 1.5 },
      'invalid_options',
      /whole number/,
    ],
    ['a misspelt option', { ...good, agent_id: 'x' }, 'invalid_options', /no option agent_id/],
    ['an object as variable', { ...good, variables: { a: {} } }, 'invalid_options', /variables\.a/],
    [
      'a long variable',
      { ...good, variables: { a: 'x'.repeat(2001) } },
      'invalid_options',
      /2000 characters/,
    ],
    [
      'many variables',
      { ...good, variables: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [i, 1])) },
      'invalid_options',
      /At most 50/,
    ],
    ['a loud volume', { ...good, audio: { volume: 2 } }, 'invalid_options', /0 to 1/],
    ['a volume in words', { ...good, audio: { volume: 'loud' } }, 'invalid_options', /0 to 1/],
    [
      'a key with a zero-width space',
      { ...good, apiKey: 'dnx_pk_\u200b1' },
      'invalid_options',
      /apiKey.*U\+200B.*cannot be seen.*position 8/,
    ],
    [
      'the key of an example',
      { ...good, apiKey: 'dnx_pk_…' },
      'invalid_options',
      /apiKey.*U\+2026 \(“…”\)/,
    ],
    [
      'a Cyrillic a in an id',
      { ...good, agentVersionId: '\u0430v_1' },
      'invalid_options',
      /agentVersionId.*U\+0430/,
    ],
    [
      'a soft hyphen in the address',
      { ...good, serverUrl: 'https://ca\u00adlls.example' },
      'invalid_options',
      /serverUrl.*U\+00AD/,
    ],
    [
      'a space in the address',
      { ...good, serverUrl: 'https://calls.example/a b' },
      'invalid_options',
      /serverUrl.*U\+0020/,
    ],
    [
      'a secret key behind such a letter',
      { ...good, apiKey: '\ufeffdnx_sk_1' },
      'secret_key_in_page',
      /secret key/,
    ],
    [
      'variables in words',
      { ...good, variables: 'name' },
      'invalid_options',
      /variables must be an object/,
    ],
    ['a number as page', { ...good, pageUrl: 5 }, 'invalid_options', /pageUrl must be a string/],
    ['a BigInt in metadata', { ...good, metadata: { n: 1n } }, 'invalid_options', /metadata/],
  ])('with %s are refused', (_, options, code, message) => {
    const error = refusal(options);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it("may bring a fetch that insists on being nobody's method, as a browser's does", async () => {
    const picky = function (this: unknown): Promise<Response> {
      if (this !== undefined) throw new TypeError('Illegal invocation');
      return Promise.resolve(new Response('here'));
    };
    const options = checkOptions({ ...good, fetch: picky }, nowhere);
    expect(await (await options.fetch('https://calls.example')).text()).toBe('here');
  });

  it.each([
    ['https://calls.example/widget.js?v=1', 'https://calls.example'],
    ['https://example.com/voice/widget.js', 'https://example.com/voice'],
  ])('take the server from the script that brought the SDK: %s', (script, server) => {
    setDefaultServerUrl(script);
    const { serverUrl: _, ...options } = good;
    expect(checkOptions(options, nowhere).serverUrl).toBe(server);
  });

  it.each([
    ['https://calls.example/', 'https://calls.example'],
    ['https://example.com/calls/', 'https://example.com/calls'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ])('read %s as %s', (given, read) => {
    expect(checkOptions({ ...good, serverUrl: given }, nowhere).serverUrl).toBe(read);
  });

  it('take null for what is not set, and white space around a key for nothing', () => {
    const nothing = Object.fromEntries(
      ['variables', 'metadata', 'consent', 'locale', 'pageUrl', 'audio', 'wakeLock', 'fetch']
        .concat(['agentId', 'agentVersionNumber'])
        .map((name) => [name, null]),
    );
    const given = { ...good, apiKey: ' dnx_pk_1\n', ...nothing } as unknown as WebCallOptions;
    expect(checkOptions(given, nowhere)).toMatchObject({
      apiKey: 'dnx_pk_1',
      request: { agent_version_id: 'av_1' },
      audio: {},
      wakeLock: true,
    });
  });

  const site = 'https://shop.example/';
  it.each([
    ['x'.repeat(3000), 'x'.repeat(2000 - site.length)],
    [`${'x'.repeat(1978)}🙂`, 'x'.repeat(1978)],
    [`${'x'.repeat(1970)}/%F0%9F%99%82`, `${'x'.repeat(1970)}/`],
    ['short', 'short'],
  ])('cut an address that is too long, and cut nothing through (%#)', (path, kept) => {
    const { request } = checkOptions(good, { locale: undefined, pageUrl: site + path });
    expect(request.page_url).toBe(site + kept);
  });

  it.each([
    ['de_DE', 'de-DE'],
    ['de_DE.UTF-8', 'de-DE'],
    ['ar-SA-u-ca-islamic-umalqura-nu-arab-hc-h23', 'ar-SA-u-ca-islamic-umalqura-nu-arab'],
    ['x'.repeat(40), undefined],
  ])('tell the language %s as %s', (locale, told) => {
    expect(checkOptions(good, { locale, pageUrl: undefined }).request.locale).toBe(told);
  });

  it('name the version in the words of the wire', () => {
    const { agentVersionId: _, ...rest } = good;
    const options = { ...rest, agentId: 'agent_1', agentVersionNumber: 3 };
    expect(checkOptions(options, nowhere).request).toEqual({
      agent_id: 'agent_1',
      agent_version_number: 3,
    });
  });

  it('do not compile when they contradict each other', () => {
    // @ts-expect-error one version is named in one of two ways
    const mixed: WebCallOptions = { ...good, agentId: 'agent_1' };
    // @ts-expect-error a number needs an agent
    const numbered: WebCallOptions = { ...good, agentVersionNumber: 1 };
    expect([mixed, numbered]).toHaveLength(2);
  });
});
