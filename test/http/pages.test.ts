/** What browsers are served, and health. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { testApp } from '../support/test-app.js';

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
  const health = { checks, countCalls: () => Promise.resolve({}), metricsToken: null };
  const at = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

  it('is live, ready, and counts', async () => {
    const { request } = testApp();
    expect((await request('/healthz')).status).toBe(200);
    expect((await request('/readyz')).status).toBe(200);
    const text = await (await request('/metrics', {}, at('127.0.0.1'))).text();
    expect(text).toContain('dialnexa_calls{status="completed"} 2');
    expect(text).toContain('dialnexa_open_calls 1');
    expect(text).toMatch(/_count\{method="GET",route="\/healthz",status="200"\} 1/);
  });

  it('asks the database for its figures once, however many want them, and again after a fault', async () => {
    const counts = vi.fn(() => Promise.resolve({ completed: 2 }));
    counts.mockRejectedValueOnce(Object.assign(new Error('slow'), { name: 'StoreError' }));
    const checks = () => Promise.resolve({});
    const { request } = testApp({}, { health: { checks, countCalls: counts, metricsToken: null } });
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
