/** What browsers are served, and health. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { summaryFixture } from '../console/call-fixture.js';
import { GRANT } from '../fakes/answers.js';
import { SECRET_KEY, SHOP } from '../fakes/fake-verbs.js';
import { jsonPost, testApp } from '../support/test-app.js';

const folder = mkdtempSync(join(tmpdir(), 'dialnexa-pages-'));
writeFileSync(join(folder, 'widget.js'), '// widget');
writeFileSync(join(folder, 'media-AbCd1234.js'), '// media');
writeFileSync(join(folder, 'index.html'), '<!doctype html>console');
writeFileSync(join(folder, 'console.js'), '// console');
afterAll(() => rmSync(folder, { recursive: true }));

const pages = {
  bundleDir: folder,
  consoleDir: folder,
  demo: () =>
    Promise.resolve({
      agentId: 'agent_1',
      agentName: 'Desk <script>',
      hint: 'Ask & see.',
      publishableKey: 'dnx_pk_demo',
    }),
};

describe('pages', () => {
  const { request } = testApp({}, { pages });

  it('shows the widget on the demo agent, every name escaped', async () => {
    const answer = await request('/');
    const html = await answer.text();
    expect(html).toContain('<dialnexa-call api-key="dnx_pk_demo" agent-id="agent_1">');
    expect(html).not.toContain('Desk <script>');
    // The key in the tag works here alone, so the way to another one stands beside it.
    expect(html).toContain('This key works on this page only.');
    expect(html).toContain('/v1/api-keys');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  it('lets no page turn text into script, and only the page that calls ask for the microphone', async () => {
    const headers = async (path: string) => (await request(path)).headers;
    for (const path of ['/', '/console/', '/docs']) {
      const policy = (await headers(path)).get('content-security-policy') ?? '';
      expect(policy, path).toContain("require-trusted-types-for 'script'");
      expect(policy, path).toMatch(/trusted-types [\w -]+/);
      const asked = (await headers(path)).get('permissions-policy') ?? '';
      expect(asked, path).toContain('camera=()');
      expect(asked, path).toContain(path === '/' ? 'microphone=(self)' : 'microphone=()');
    }
    expect((await headers('/healthz')).get('permissions-policy')).toContain('microphone=()');
  });

  it('serves bundles to every origin, and hashed ones for ever', async () => {
    const widget = await request('/widget.js');
    expect(widget.headers.get('content-type')).toContain('text/javascript');
    expect(widget.headers.get('access-control-allow-origin')).toBe('*');
    expect(widget.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(widget.headers.get('cache-control')).toContain('must-revalidate');
    const etag = widget.headers.get('etag') ?? '';
    const again = await request('/widget.js', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const media = await request('/media-AbCd1234.js');
    expect(media.headers.get('cache-control')).toContain('immutable');
    expect((await request('/nothing.js')).status).toBe(404);
  });

  it('answers a name that no file has at once, however long it is', async () => {
    const began = performance.now();
    expect((await request(`/${'-'.repeat(100_000)}.js`)).status).toBe(404);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('serves the console at each of its addresses', async () => {
    expect((await request('/console')).headers.get('location')).toBe('/console/');
    for (const path of ['/console/', '/console/calls/call_1']) {
      expect(await (await request(path)).text()).toContain('console');
    }
    expect(await (await request('/console/console.js')).text()).toBe('// console');
  });
});

describe('the bytes on the wire', () => {
  const code = '// the same again, and again\n'.repeat(200);
  const write = (name: string, bytes: string | Buffer) => writeFileSync(join(folder, name), bytes);
  const small = { br: brotliCompressSync(code), gzip: gzipSync(code) };
  write('big.js', code);
  write('big.js.br', small.br);
  write('big.js.gz', small.gzip);
  write('lone.js', code);
  const listCalls = () =>
    Promise.resolve({ data: [summaryFixture({ agent_name: code })], next_cursor: null });
  const { request } = testApp({ listCalls }, { pages });
  const ask = (path: string, encodings: string | null, more: RequestInit = {}) => {
    const headers = { ...(more.headers as Record<string, string>) };
    if (encodings !== null) headers['accept-encoding'] = encodings;
    return request(path, { ...more, headers });
  };

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.2, gzip;q=0.8', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['*', 'br'],
    ['BR', 'br'],
    [null, null],
    ['', null],
    ['identity', null],
    ['deflate, zstd', null],
    ['gzip;q=0', null],
    ['identity, br;q=0.5', null],
    ['br;q=x', null],
    ['br;q=0', null],
    ['*;q=0', null],
    ['identity;q=0', null],
    ['identity;q=0, *', 'br'],
    ['gzip, *;q=0', 'gzip'],
  ] as const)('of a file for %s are those of %s', async (encodings, encoding) => {
    const answer = await ask('/big.js', encodings);
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(answer.headers.get('content-type')).toContain('text/javascript');
    const body = Buffer.from(await answer.arrayBuffer());
    expect(body.equals(encoding ? small[encoding] : Buffer.from(code))).toBe(true);
    expect(answer.headers.get('content-length')).toBe(String(body.length));
    const head = await ask('/big.js', encodings, { method: 'HEAD' });
    for (const name of ['content-encoding', 'content-length', 'etag', 'vary']) {
      expect(head.headers.get(name), name).toBe(answer.headers.get(name));
    }
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    // A part of a compressed file is of no use to anybody: it comes whole.
    const part = await ask('/big.js', encodings, { headers: { range: 'bytes=0-9' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([200, null]);
    expect((await part.arrayBuffer()).byteLength).toBe(body.length);
  });

  it('have a tag of their own, and are not sent twice', async () => {
    const tags = new Map<string, string>();
    for (const encodings of ['br', 'gzip', 'identity']) {
      tags.set(encodings, (await ask('/big.js', encodings)).headers.get('etag') ?? '');
    }
    expect(new Set(tags.values()).size).toBe(3);
    const status = async (encodings: string, tag: string) => {
      const answer = await ask('/big.js', encodings, { headers: { 'if-none-match': tag } });
      if (answer.status !== 304) return answer.status;
      expect(answer.headers.get('etag')).toBe(tags.get(encodings));
      expect(answer.headers.get('vary')).toBe('Accept-Encoding');
      return 304;
    };
    const [br = '', gzip = ''] = tags.values();
    expect(await status('br', br)).toBe(304);
    expect(await status('br', `W/${br}`)).toBe(304);
    expect(await status('br', `"other", ${br}`)).toBe(304);
    expect(await status('br', '*')).toBe(304);
    expect(await status('br', gzip)).toBe(200);
    expect(await status('identity', br)).toBe(200);
  });

  it('of a file that the build left without a copy are made small once, until it changes', async () => {
    const get = async () => {
      const answer = await ask('/lone.js', 'br, gzip');
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      const text = gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
      return { text, etag: answer.headers.get('etag') };
    };
    const first = await get();
    expect(first.text).toBe(code);
    expect(await get()).toEqual(first);
    // As long as before, and as old: packages give every file the same time.
    const next = code.replace('the same', 'one more');
    write('lone.js', next);
    utimesSync(join(folder, 'lone.js'), 1, 1);
    const changed = await get();
    expect(changed.text).toBe(next);
    expect(changed.etag).not.toBe(first.etag);
    expect((await ask('/widget.js', 'br, gzip')).headers.get('content-encoding')).toBeNull();
  });

  it('of long JSON and HTML that are read are gzip for those who accept it', async () => {
    const headers = { authorization: `Bearer ${SECRET_KEY}` };
    const plain = await ask('/v1/calls', null, { headers });
    const answer = await ask('/v1/calls', 'gzip', { headers });
    expect([plain, answer].map((one) => one.headers.get('content-encoding'))).toEqual([
      null,
      'gzip',
    ]);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(gunzipSync(bytes).toString()).toBe(await plain.text());
    for (const one of [plain, answer]) {
      expect(one.headers.get('vary')).toBe('Accept-Encoding');
      expect(one.headers.get('cache-control')).toBe('no-store');
      expect(one.headers.get('x-ratelimit-limit')).not.toBeNull();
    }
    expect((await ask('/', 'gzip')).headers.get('content-encoding')).toBe('gzip');
    const short = await ask('/healthz', 'gzip');
    expect(short.headers.get('content-encoding')).toBeNull();
    expect(await short.json()).toBeDefined();
    const crossOrigin = await ask('/v1/web-calls', 'gzip', { headers: { origin: SHOP } });
    expect(crossOrigin.headers.get('vary')).toBe('Origin, Accept-Encoding');
  });

  it('of an answer to POST, which may hand out a secret, tell nothing by their number', async () => {
    const { request: post } = testApp({
      createWebCall: () => Promise.resolve({ ...GRANT, access_token: 'x'.repeat(5_000) }),
    });
    const headers = { authorization: `Bearer ${SECRET_KEY}`, 'accept-encoding': 'gzip, br' };
    const answer = await post('/v1/web-calls', jsonPost({ agent_id: 'a' }, headers));
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([201, null]);
  });
});

describe('below a path', () => {
  const publicUrl = 'https://example.com/voice';
  const { request } = testApp({}, { pages, publicUrl });

  it.each(['', '/voice'])(
    'answers whether or not a proxy takes the path away: %s',
    async (path) => {
      const html = await (await request(`${path}/`)).text();
      expect(html).toContain('<script src="/voice/widget.js" async>');
      expect(html).toContain(`src=&quot;${publicUrl}/widget.js&quot;`);
      for (const [, address = ''] of html.matchAll(/href="(\/[^"]*)"/g)) {
        expect(address).toMatch(/^\/voice\//);
        expect((await request(address)).status, address).toBe(200);
      }
      const console = await request(`${path}/console`);
      expect(console.headers.get('location')).toBe('/voice/console/');
      expect((await request(`${path}/widget.js`)).status).toBe(200);
      const document = (await (await request(`${path}/openapi.json`)).json()) as object;
      expect(document).toMatchObject({ servers: [{ url: publicUrl }] });
      expect((await request(`${path}/v1/calls`)).status).toBe(401);
      expect(await (await request(`${path}/docs/open.js`)).text()).toContain(
        '"/voice/openapi.json"',
      );
    },
  );

  it('answers its very root, and nothing that only begins like it', async () => {
    expect(await (await request('/voice')).text()).toContain('<dialnexa-call');
    expect((await request('/voiceless/')).status).toBe(404);
  });

  it('tells LiveKit’s clients when their address leads here instead of to the media server', async () => {
    const answer = await request('/voice/rtc/v1/validate');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.text()).toContain('must pass /rtc on to the media server');
  });
});

describe('health', () => {
  const checks = () => Promise.resolve({});
  const health = {
    checks,
    count: () => Promise.resolve({ calls: {}, failedRemovals: 0 }),
    metricsToken: null,
  };
  const at = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

  it('is live, ready, and counts', async () => {
    const { request } = testApp();
    expect((await request('/healthz')).status).toBe(200);
    expect((await request('/readyz')).status).toBe(200);
    const text = await (await request('/metrics', {}, at('127.0.0.1'))).text();
    expect(text).toContain('dialnexa_calls{status="completed"} 2');
    expect(text).toContain('dialnexa_open_calls 1');
    expect(text).toMatch(/_count\{method="GET",route="\/healthz",status="200"\} 1/);
    expect(text).toMatch(/_bucket\{le="\+Inf",method="GET",route="\/healthz",status="200"\} 1/);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.]+/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d{7,}/m);
  });

  it('asks the database for its figures once, however many want them, and again after a fault', async () => {
    const counts = vi.fn(() => Promise.resolve({ calls: { completed: 2 }, failedRemovals: 0 }));
    counts.mockRejectedValueOnce(Object.assign(new Error('slow'), { name: 'StoreError' }));
    const checks = () => Promise.resolve({});
    const { request } = testApp({}, { health: { checks, count: counts, metricsToken: null } });
    expect((await request('/metrics', {}, at('::1'))).status).toBe(503);
    const answers = await Promise.all(
      [1, 2, 3].map(async () => request('/metrics', {}, at('::1'))),
    );
    for (const answer of answers) expect(await answer.text()).toContain('{status="completed"} 2');
    expect((await request('/metrics', {}, at('::1'))).status).toBe(200);
    expect(counts).toHaveBeenCalledTimes(2);
  });

  it('tells its figures to this machine only, unless a token is set', async () => {
    const { request } = testApp({}, { trustedProxies: 1 });
    const status = async (address: string, headers = {}, host = 'localhost') =>
      (await request(`http://${host}/metrics`, { headers }, at(address))).status;
    for (const own of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']) {
      expect(await status(own), own).toBe(200);
    }
    expect(await status('127.0.0.1', {}, '[::1]:8787')).toBe(200);
    for (const other of ['10.0.0.1', '::ffff:10.0.0.1', '1.127.0.0', '2001:db8::1', 'unknown']) {
      expect(await status(other), other).toBe(403);
    }
    // A proxy on the machine passes on what others ask, whoever they say they are; a name is anybody's to point here.
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-host']) {
      expect(await status('127.0.0.1', { [name]: '127.0.0.1' }), name).toBe(403);
    }
    expect(await status('127.0.0.1', {}, 'calls.example')).toBe(403);
    const { request: withToken } = testApp({}, { health: { ...health, metricsToken: 'm' } });
    expect((await withToken('/metrics', {}, at('127.0.0.1'))).status).toBe(401);
  });

  it('says what is missing', async () => {
    const checks = () => Promise.resolve({ livekit: { ok: false, detail: 'no answer' } });
    const { request } = testApp({}, { health: { ...health, checks, metricsToken: 'm' } });
    const answer = await request('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 'not_ready' });
    expect((await request('/metrics')).status).toBe(401);
    const headers = { authorization: 'Bearer m' };
    expect((await request('/metrics', { headers })).status).toBe(200);
  });
});
