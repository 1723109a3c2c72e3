/** What browsers load: the demo page at `/`, the bundles of SDK and widget, the console, and the API reference at `/docs`. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { HttpError } from '../errors/http-error.js';
import { OPEN_TO_ALL } from '../middleware/open-cors.js';
import { permissionsPolicy } from '../middleware/security-headers.js';
import { DOCS_FILES, docsPage, docsScript } from '../pages/docs-page.js';
import { consolePolicy, docsPolicy, widgetPagePolicy } from '../pages/page-policy.js';
import { serveFile } from '../pages/static-files.js';
import { widgetPage, type WidgetPage } from '../pages/widget-page.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';

/** Where the built files are and what the demo page shows. */
export interface PagesOptions {
  /** Folder of `widget.js` and its chunks. */
  bundleDir: string;
  /** Folder of the built console. */
  consoleDir: string;
  /** The server's public address, without a slash at its end. */
  publicUrl: string;
  /** The path of `publicUrl`, e.g. `/voice`; empty when it has none. Links of the pages begin with it. */
  basePath: string;
  /** The agent of the demo page; `null`: there is none, and `/` redirects to `/docs`. */
  demo(): Promise<Pick<WidgetPage, 'agentId' | 'agentName' | 'hint' | 'publishableKey'> | null>;
}

const MAX_FILE_NAME = 200;

/** Registers every page and file. */
export function pageRoutes(app: OpenAPIHono<HttpEnv>, options: PagesOptions): void {
  const { basePath } = options;
  app.get('/', async (c) => {
    const demo = await options.demo();
    if (!demo) return c.redirect(`${basePath}/docs`, 302);
    c.header('content-security-policy', widgetPagePolicy());
    c.header('permissions-policy', permissionsPolicy('(self)'));
    c.header('cache-control', 'no-store');
    return c.html(widgetPage({ ...demo, serverUrl: options.publicUrl, basePath }));
  });

  app.get('/console', (c) => c.redirect(`${basePath}/console/`, 301));
  app.get('/console/:file{.*}', (c) => {
    const file = c.req.param('file');
    const headers = { 'content-security-policy': consolePolicy(options.publicUrl) };
    // The console routes in the browser: addresses without an extension are views of its one page.
    const name = /\.\w+$/.test(file) ? file : 'index.html';
    return serveFile(c, options.consoleDir, name, { headers });
  });

  docsRoutes(app, basePath);

  app.get('/:file{[\\w.-]+\\.(?:js|css|json|map)}', (c) => {
    const file = c.req.param('file');
    if (file.length > MAX_FILE_NAME) throw HttpError.notFound();
    const immutable = /-[\w-]{8,}\.\w+(\.map)?$/.test(file);
    return serveFile(c, options.bundleDir, file, { immutable, headers: OPEN_TO_ALL });
  });
}

function docsRoutes(app: OpenAPIHono<HttpEnv>, basePath: string): void {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.get('/docs/', (c) => c.redirect(`${basePath}/docs`, 308));
  app.get('/docs', (c) => {
    c.header('content-security-policy', docsPolicy);
    return c.html(docsPage(basePath));
  });
  app.get('/docs/open.js', (c) => {
    c.header('content-type', 'text/javascript; charset=utf-8');
    return c.body(docsScript(basePath));
  });
  app.get('/docs/:file', (c) => {
    const file = c.req.param('file');
    if (!DOCS_FILES.includes(file)) throw HttpError.notFound();
    return serveFile(c, folder, file);
  });
}
