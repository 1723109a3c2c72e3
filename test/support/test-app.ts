/** The app over fake verbs, with its log captured. */
import { createApp } from '../../server/http/create-app.js';
import { createLogger } from '../../server/http/telemetry/logger.js';
import { fakeVerbs } from '../fakes/fake-verbs.js';
import type { AppOptions } from '../../server/http/create-app.js';
import type { Verbs } from '../../server/http/routing/verbs.js';

export interface TestApp {
  request: ReturnType<typeof createApp>['request'];
  app: ReturnType<typeof createApp>;
  /** Everything that was logged, line by line. */
  log: string[];
}

export function testApp(
  verbs: Partial<Verbs> = {},
  options: Partial<Omit<AppOptions, 'verbs'>> = {},
): TestApp {
  const log: string[] = [];
  const empty = '/nonexistent';
  const app = createApp({
    verbs: fakeVerbs(verbs),
    webhook: { verify: () => Promise.resolve(null), read: () => null },
    linkSecret: 'a-secret-for-links',
    log: createLogger('debug', { write: (line: string) => void log.push(line) }),
    publicUrl: 'http://127.0.0.1:18000',
    ownOrigins: ['http://127.0.0.1:18000'],
    trustedProxies: 0,
    health: {
      checks: () => Promise.resolve({ database: { ok: true } }),
      countCalls: () => Promise.resolve({ completed: 2, created: 1 }),
      metricsToken: null,
    },
    pages: { bundleDir: empty, consoleDir: empty, demo: () => Promise.resolve(null) },
    ...options,
  });
  const checkDocumented = documentationOf(app);
  const request: TestApp['request'] = async (...args) => {
    const answer = await app.request(...args);
    const [path, init] = args;
    if (answer.status >= 400 && typeof path === 'string') {
      await checkDocumented(init?.method ?? 'GET', path, answer.clone());
    }
    return answer;
  };
  return { app, request, log };
}

const ABOUT = { openapi: '3.1.0', info: { title: 'x', version: '1' } };

/** Throws when a route answers with a code that its documentation does not name. */
function documentationOf(app: TestApp['app']) {
  interface Operation {
    responses: Record<string, { description: string }>;
  }
  let paths: Record<string, Record<string, Operation>> | null = null;
  return async (method: string, path: string, answer: Response): Promise<void> => {
    if (!answer.headers.get('content-type')?.includes('json')) return;
    paths ??= app.getOpenAPI31Document(ABOUT).paths as Record<string, Record<string, Operation>>;
    const [plain = ''] = path.split('?');
    const route = Object.keys(paths).find((known) =>
      new RegExp(`^${known.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(plain),
    );
    const operation = route === undefined ? undefined : paths[route]?.[method.toLowerCase()];
    const { code } = (await answer.json()) as { code?: string };
    if (!operation || code === undefined) return;
    const described = operation.responses[String(answer.status)]?.description ?? '';
    if (!described.includes(`\`${code}\``)) {
      throw new Error(`${method} ${route} answers ${code}, which its documentation does not name`);
    }
  };
}

/** A POST of JSON. */
export function jsonPost(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
