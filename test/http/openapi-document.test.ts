/** The OpenAPI document: every route is in it, and it says what is true. */
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/test-app.js';

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
