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

describe('health', () => {
  it('is live, ready, and counts', async () => {
    const { request } = testApp();
    expect((await request('/healthz')).status).toBe(200);
    expect((await request('/readyz')).status).toBe(200);
    const text = await (await request('/metrics')).text();
    expect(text).toContain('dialnexa_calls{status="completed"} 2');
    expect(text).toContain('dialnexa_open_calls 1');
    expect(text).toMatch(/_count\{method="GET",route="\/healthz",status="200"\} 1/);
  });

  it('asks the database for its figures once, however many want them, and again after a fault', async () => {
    const counts = vi.fn(() => Promise.resolve({ completed: 2 }));
    counts.mockRejectedValueOnce(Object.assign(new Error('slow'), { name: 'StoreError' }));
    const checks = () => Promise.resolve({});
    const { request } = testApp({}, { health: { checks, countCalls: counts, metricsToken: null } });
    expect((await request('/metrics')).status).toBe(503);
    const answers = await Promise.all([1, 2, 3].map(async () => request('/metrics')));
    for (const answer of answers) expect(await answer.text()).toContain('{status="completed"} 2');
    expect((await request('/metrics')).status).toBe(200);
    expect(counts).toHaveBeenCalledTimes(2);
  });

  it('says what is missing', async () => {
    const checks = () => Promise.resolve({ livekit: { ok: false, detail: 'no answer' } });
    const health = { checks, countCalls: () => Promise.resolve({}), metricsToken: 'm' };
    const { request } = testApp({}, { health });
    const answer = await request('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 'not_ready' });
    expect((await request('/metrics')).status).toBe(401);
    const headers = { authorization: 'Bearer m' };
    expect((await request('/metrics', { headers })).status).toBe(200);
  });
});
