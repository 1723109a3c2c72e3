/** The OpenAPI document: every route is in it, and it says what is true. */
import { describe, expect, it } from 'vitest';
import { testApp } from '../../support/test-app.js';

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<string, { responses: Record<string, unknown>; operationId: string }>
  >;
  components: { securitySchemes: Record<string, unknown>; schemas: Record<string, unknown> };
}

/** Pages and files for people; the document describes what programs call. */
const PAGES = /^\/($|openapi\.json|docs|console|:file)/;

describe('/openapi.json', () => {
  const { app, request } = testApp();

  it('is 3.1 and holds every route with unique operation ids', async () => {
    const document = (await (await request('/openapi.json')).json()) as Document;
    expect(document.openapi).toBe('3.1.0');
    const routes = app.routes.filter((r) => r.method !== 'ALL' && !PAGES.test(r.path));
    for (const { method, path } of routes) {
      const documented = path.replaceAll(/:(\w+)/g, '{$1}');
      expect(document.paths[documented], `${method} ${path}`).toHaveProperty(method.toLowerCase());
    }
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = operations.map((operation) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { responses } of operations) {
      expect(Object.keys(responses).some((status) => /^2/.test(status))).toBe(true);
    }
  });

  it.each([
    ['post', '/v1/web-calls', ['capacity_reached', 'conflict', 'bad_request', 'media_unavailable']],
    ['post', '/v1/livekit/token', ['forbidden', 'idempotency_key_reused', 'capacity_reached']],
    ['post', '/v1/agents', ['conflict', 'idempotency_key_reused', 'validation_failed']],
    ['patch', '/v1/agents/{agent_id}', ['conflict', 'not_found']],
    ['get', '/v1/agent-jobs/{call_id}', ['conflict', 'call_already_ended', 'token_invalid']],
    ['post', '/v1/agent-jobs/{call_id}/claim', ['conflict', 'call_already_ended', 'not_found']],
    ['post', '/v1/agent-jobs/{call_id}/events', ['call_already_ended', 'token_invalid']],
    ['post', '/v1/agent-jobs/{call_id}/outcome', ['call_already_ended', 'token_invalid']],
    ['put', '/v1/agent-jobs/{call_id}/recording/{seq}', ['call_already_ended', 'conflict']],
    ['delete', '/v1/api-keys/{key_id}', ['not_found', 'rate_limited', 'secret_key_in_browser']],
  ])('names the refusals of %s %s', async (method, path, codes) => {
    const document = (await (await request('/openapi.json')).json()) as Document;
    const responses = Object.values(document.paths[path]?.[method]?.responses ?? {});
    const described = responses.map((one) => (one as { description: string }).description).join();
    for (const code of codes) expect(described).toContain(`\`${code}\``);
  });

  it('refers only to schemas that it holds', async () => {
    const text = await (await request('/openapi.json')).text();
    const document = JSON.parse(text) as Document;
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(names.length).toBeGreaterThan(20);
    for (const [, name] of names) expect(document.components.schemas).toHaveProperty(name ?? '');
    expect(document.components.securitySchemes).toHaveProperty('publishableKey');
  });
});

describe('/docs', () => {
  it('is served from this server alone, under a strict policy', async () => {
    const { request } = testApp();
    const page = await request('/docs');
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const [, file] of html.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)) {
      expect((await request(file ?? '')).status, file).toBe(200);
    }
  });
});
